import { BlockList, isIP, isIPv6 } from 'node:net';

/** Networks that are not the open internet: this machine, one's own networks, and what leads nowhere or anywhere. Asked apart: an address that wraps an IPv4 one is no way around. */
const inside = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [network, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) inside.ipv4.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 96], ['::ffff:0:0', 96], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 32], ['2001:db8::', 32], ['2002::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8],
] as const) inside.ipv6.addSubnet(network, bits, 'ipv6');

/** Whether an IP address lies in the open internet. Whatever is no address at all does not. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  const family = isIPv6(bare) ? 'ipv6' : 'ipv4';
  return isIP(bare) > 0 && !inside[family].check(bare, family);
}
