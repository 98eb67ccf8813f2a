"""A bad line between two network namespaces of one machine: delay, rate, loss, and, once SIGUSR1 has come,
times at which nothing passes.

usage: shaper.py NAMESPACE_A NAMESPACE_B DELAY_MS RATE_BITS LOSS [UP_S DOWN_S] [SEED]

The kernels we meet have no queueing discipline with delay, so two TUN devices do it: what leaves one host is read here,
waits for its turn on a line of that rate, is lost or not, and comes out at the other host after the delay. The queue
holds a second and a half, as a mobile network's does. A is 10.99.0.1, B is 10.99.0.2; a namespace is named by a process in it.
"""
import ctypes, fcntl, heapq, os, random, select, signal, struct, subprocess, sys, time

TUNSETIFF, IFF_TUN_NO_PI, CLONE_NEWNET = 0x400454CA, 0x1001, 0x40000000
libc = ctypes.CDLL(None, use_errno=True)


def device(process, address, peer):
    """Opens a TUN device in the namespace of a process."""
    namespace = os.open(f"/proc/{process}/ns/net", os.O_RDONLY)
    if libc.setns(namespace, CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "cannot enter the namespace; this needs root")
    tun = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", b"line0", IFF_TUN_NO_PI))
    for command in ("ip link set lo up", f"ip addr add {address} peer {peer} dev line0", "ip link set line0 mtu 1500 up"):
        subprocess.check_call(command.split())
    return tun


def run(a, b, delay, rate, loss, up, down, seed):
    dice = random.Random(seed)
    queue = rate / 8 * 1.5
    free = {a: 0.0, b: 0.0}
    under_way = []
    count = 0
    flaps_from = []
    signal.signal(signal.SIGUSR1, lambda *_: flaps_from.append(time.monotonic()))
    while True:
        now = time.monotonic()
        while under_way and under_way[0][0] <= now:
            _, _, into, packet = heapq.heappop(under_way)
            try:
                os.write(into, packet)
            except OSError:
                pass
        wait = max(0, under_way[0][0] - now) if under_way else 1
        ready, _, _ = select.select([a, b], [], [], wait)
        now = time.monotonic()
        is_down = up > 0 and bool(flaps_from) and (now - flaps_from[0]) % (up + down) >= up
        for tun in ready:
            packet = os.read(tun, 65536)
            starts = max(now, free[tun])
            if is_down or (starts - now) * rate / 8 > queue:
                continue
            free[tun] = starts + len(packet) * 8 / rate
            if dice.random() < loss:
                continue
            count += 1
            heapq.heappush(under_way, (free[tun] + delay, count, b if tun == a else a, packet))


if __name__ == "__main__":
    given = sys.argv[1:]
    given += ["0", "0", "1"][len(given) - 5:]
    here, there = device(given[0], "10.99.0.1", "10.99.0.2"), device(given[1], "10.99.0.2", "10.99.0.1")
    print("ready", flush=True)
    run(here, there, float(given[2]) / 1000, float(given[3]), float(given[4]), float(given[5]), float(given[6]), int(given[7]))
