"""A street of Nomura under brown water."""
from scene import *  # noqa: F403


def build():
    rng = random.Random(77)
    cam = Camera(eye=4.6, f=930, cx=600, cy=372, haze='#b4bcbf', far=95)
    level = 1.25
    out, mirror = [], []

    def house(side, z0, z1, depth, h, wall, roof, rh=1.7, set_back=0.0, shop=None, floors=2):
        x = side * (5.6 + set_back)
        far = side * (5.6 + set_back + depth)
        mid = (x + far) / 2
        o = side * -.55

        def draw(flip):
            Y = (lambda y: 2 * level - y) if flip else (lambda y: y)
            s = []
            q = lambda pts, c, more='', z=None: s.append(cam.quad([(a, Y(b), d) for a, b, d in pts], c, more, z))  # noqa: E731
            q([(x, level if not flip else level, z0), (far, level, z0), (far, h, z0), (x, h, z0)], mix(wall, '#20262a', .34))
            q([(x, h, z0), (far, h, z0), (mid, h + rh, z0)], mix(wall, '#20262a', .40))
            q([(x, level, z0), (x, level, z1), (x, h, z1), (x, h, z0)], wall)
            if not flip:
                q([(x, level, z0), (x, level, z1), (x, level + .5, z1), (x, level + .38, z0)], mix(wall, '#4a3a24', .62))
                q([(far, level, z0), (x, level, z0), (x, level + .42, z0), (far, level + .4, z0)], mix(wall, '#2e2416', .68))
            # windows on the street
            count = max(1, int((z1 - z0) / 2.6))
            step = (z1 - z0) / count
            for i in range(count):
                a, b = z0 + step * (i + .2), z0 + step * (i + .8)
                for base, top, kind in ((3.75, 5.0, 'w'), (level + .05, 2.6, 'd'))[:2 if floors == 2 else 1]:
                    if top > h - .3:
                        continue
                    xo = x - side * .03
                    q([(xo, base - .07, a - .07), (xo, base - .07, b + .07), (xo, top + .07, b + .07), (xo, top + .07, a - .07)], '#d9d7d0')
                    glass = '#3a4850' if kind == 'w' else '#262b2d'
                    q([(xo, base, a), (xo, base, b), (xo, top, b), (xo, top, a)], glass)
                    if kind == 'w' and not flip:
                        q([(xo, base + .5, a), (xo, base + .9, b), (xo, top, b), (xo, top, a)], '#8fa0a8', 'opacity=".45"')
                        m = (a + b) / 2
                        q([(xo, base, m - .035), (xo, base, m + .035), (xo, top, m + .035), (xo, top, m - .035)], '#d9d7d0')
            # gable window
            if not flip and z0 < 40:
                xa, xb = x + (far - x) * .35, x + (far - x) * .65
                q([(xa, 3.7, z0 - .02), (xb, 3.7, z0 - .02), (xb, 4.9, z0 - .02), (xa, 4.9, z0 - .02)], '#cfcdc6')
                q([(xa + (xb - xa) * .06, 3.77, z0 - .03), (xa + (xb - xa) * .94, 3.77, z0 - .03), (xa + (xb - xa) * .94, 4.83, z0 - .03), (xa + (xb - xa) * .06, 4.83, z0 - .03)], '#37444c')
            # lower eaves
            e0, e1 = x + o * 1.6, x
            q([(e0, 2.95, z0 - .1), (e0, 2.95, z1 + .1), (e1, 3.4, z1), (e1, 3.4, z0)], mix(roof, '#ffffff', .06))
            # roof
            q([(x + o, h - .15, z0 - .5), (x + o, h - .15, z1 + .5), (mid, h + rh, z1 + .5), (mid, h + rh, z0 - .5)], roof)
            q([(far - o, h - .15, z0 - .5), (mid, h + rh, z0 - .5), (mid, h + rh - .18, z0 - .5), (far - o, h - .33, z0 - .5)], mix(roof, '#000000', .25))
            q([(x + o, h - .15, z0 - .5), (mid, h + rh, z0 - .5), (mid, h + rh - .2, z0 - .5), (x + o, h - .35, z0 - .5)], mix(roof, '#000000', .3))
            if not flip:
                z = z0 - .4
                lines = []
                while z < z1 + .5:
                    lines.append('M' + 'L'.join(f'{n(a)} {n(b)}' for a, b in (cam.at(x + o, h - .15, z), cam.at(mid, h + rh, z))))
                    z += .32 if z < 30 else .9
                s.append(f'<path d="{"".join(lines)}" stroke="{cam.air("#1c2226", z0)}" stroke-width="{n(cam.px(z0) * .035 + .2)}" opacity=".35" fill="none"/>')
                for k in (.25, .5, .75):
                    s.append(line([cam.at(x + o + (mid - x - o) * k, h - .15 + (rh + .15) * k, z0 - .5), cam.at(x + o + (mid - x - o) * k, h - .15 + (rh + .15) * k, z1 + .5)], cam.air('#20262a', z0), .8, 'opacity=".3"'))
                s.append(line([cam.at(mid, h + rh, z0 - .5), cam.at(mid, h + rh, z1 + .5)], cam.air(mix(roof, '#ffffff', .25), z0), cam.px(z0) * .14))
                if shop:
                    xo, a, b = x + o * .25, z0 + .6, z0 + 3.6
                    q([(xo, 3.5, a), (xo, 3.5, b), (xo, 4.35, b), (xo, 4.35, a)], shop)
                    q([(xo, 3.75, a + .5), (xo, 3.75, b - .5), (xo, 4.1, b - .5), (xo, 4.1, a + .5)], '#f2f0e6', 'opacity=".85"')
            return ''.join(s)

        out.append((z0, draw(False)))
        mirror.append((z0, draw(True)))

    walls = ['#cfc6b4', '#b8a68a', '#d8d5cc', '#9c8f7c', '#c9c1ae', '#a9b0ae', '#d1c8b8', '#8d7a64']
    roofs = ['#4b535b', '#3e464d', '#5d5149', '#565f67', '#454d52']
    for side, plan in ((-1, [(4.2, 10.2), (11.4, 18), (19.4, 25), (26, 34), (36, 43), (45, 54), (56, 68)]), (1, [(9.5, 16.4), (18, 23.4), (24.6, 32), (34, 41), (43, 52), (55, 66)])):
        for i, (a, b) in enumerate(plan):
            house(side, a, b, rng.uniform(6, 9), rng.uniform(5.6, 6.7), walls[(i * 3 + side) % 8], roofs[(i * 2 + side) % 5], rng.uniform(1.4, 2), set_back=rng.choice((0, .4, 0, .8)), shop={1: '#3f6b52', 2: '#8a3b32'}.get(i) if side == 1 or i == 2 else None)
    # poles and wires
    poles = [(5.0, z) for z in (8.4, 20, 33, 47, 62)]
    wires = []
    for (x, z) in reversed(poles):
        a, b = cam.at(x, level, z), cam.at(x, 10.2, z)
        w = cam.px(z) * .26
        s = path([(a[0] - w / 2, a[1]), (a[0] + w / 2, a[1]), (b[0] + w * .36, b[1]), (b[0] - w * .36, b[1])], cam.air('#5f6265', z))
        s += path([(a[0], a[1]), (a[0] + w / 2, a[1]), (b[0] + w * .36, b[1]), (b[0], b[1])], cam.air('#3b3e40', z))
        for y in (9.6, 8.8):
            s += line([cam.at(x - 1.1, y, z), cam.at(x + 1.1, y, z)], cam.air('#4a4d50', z), cam.px(z) * .1)
        c0 = cam.at(x + .5, 7.6, z)
        s += f'<rect x="{n(c0[0] - .28 * cam.px(z))}" y="{n(c0[1] - .5 * cam.px(z))}" width="{n(.56 * cam.px(z))}" height="{n(cam.px(z))}" rx="3" fill="{cam.air("#777c7f", z)}"/>'
        out.append((z, s))
        mirror.append((z, path([cam.at(x - .13, level, z), cam.at(x + .13, level, z), cam.at(x + .1, -7, z), cam.at(x - .1, -7, z)], cam.air('#4a4843', z))))
    for (x, z), (x2, z2) in zip([(5.0, 2.2)] + poles, poles):
        for dx, y in ((-1, 9.7), (0, 9.75), (1, 9.7), (-.9, 8.9), (.8, 8.9), (.2, 7.2)):
            (ax, ay), (bx, by), (mx, my) = cam.at(x + dx, y, z), cam.at(x2 + dx, y, z2), cam.at(x + dx, y - .7, (z + z2) / 2.6)
            wires.append(f'<path d="M{n(ax)} {n(ay)}Q{n(mx)} {n(my)} {n(bx)} {n(by)}" stroke-width="{n(.8 + 14 / z2)}"/>')
    # stop sign, traffic mirror
    z = 10.4
    s = line([cam.at(3.7, level, z), cam.at(3.7, 3.0, z)], '#8b9092', cam.px(z) * .07)
    s += path([cam.at(3.2, 3.25, z), cam.at(4.2, 3.25, z), cam.at(3.7, 2.38, z)], '#b3261e', 'stroke="#e8e4de" stroke-width="4" stroke-linejoin="round"')
    s += line([cam.at(3.42, 2.98, z), cam.at(3.98, 2.98, z)], '#f0ece6', 9)
    out.append((z, s))
    mirror.append((z, path([cam.at(3.3, -.7, z), cam.at(4.1, -.7, z), cam.at(3.7, .1, z)], '#8a3a2a')))

    def car(x, z, colour, flip=1, sink=1.0, lift=0.0):
        P = [(-1.75, sink - .02), (-1.7, max(1.3, sink + .05)), (-1.0, 1.42), (-.55, 1.98), (.75, 2.0), (1.35, 1.45), (1.75, 1.35), (1.8, sink - .02)]
        base = level - sink
        f = lambda u, y, d: cam.at(x + flip * u + d * .35, base + y + lift * u, z + d)  # noqa: E731
        s = ''
        for (u, y), (u2, y2) in zip(P[1:], P[2:]):
            s += path([f(u, y, 0), f(u2, y2, 0), f(u2, y2, 1.55), f(u, y, 1.55)], mix(colour, '#ffffff', .28) if y > 1.9 or y2 > 1.9 and u < 0 and 0 else (mix(colour, '#dfe6e8', .35) if y == y2 or abs(y - y2) < .15 else '#3a454b'))
        s += path([f(u, y, 0) for u, y in P], mix(colour, '#30383c', .12))
        s += path([f(u, y, 0) for u, y in ((-.86, 1.44), (-.5, 1.88), (.05, 1.89), (.05, 1.44))], '#28323a') + path([f(u, y, 0) for u, y in ((.13, 1.44), (.13, 1.89), (.68, 1.9), (1.12, 1.46))], '#313d45')
        s += path([f(u, y, 0) for u, y in ((-.7, 1.64), (-.5, 1.88), (.05, 1.89), (.05, 1.8))], '#9fb0b6', 'opacity=".5"')
        return s, path([f(u, 2 * sink - y + .06, 0) for u, y in P], mix(colour, '#5c4a30', .6))
    for x, z, col, fl, sk, li in ((-.4, 12.5, '#d9dcdc', 1, 1.0, .05), (-3.4, 19, '#5d6f7f', -1, 1.15, -.03), (2.0, 24, '#8e3a36', 1, 1.3, .02)):
        a, b = car(x, z, col, fl, sk, li)
        a += path([cam.at(x - 1.9, level - .02, z - .02), cam.at(x + 1.9, level - .02, z - .02), cam.at(x + 1.85, level + .06, z), cam.at(x + .4, level + .03, z), cam.at(x - 1.0, level + .09, z), cam.at(x - 1.8, level + .05, z)], '#b59b72') + line([cam.at(x - 2.0, level + .05, z), cam.at(x - .9, level + .1, z), cam.at(x + .4, level + .05, z), cam.at(x + 1.95, level + .07, z)], '#e4d6ba', cam.px(z) * .035, 'opacity=".9"')
        wake = ''.join(ellipse(*cam.at(x + k, level, z - .1), cam.px(z) * rx, cam.px(z) * ry, 'none', f'stroke="#cdb58e" stroke-width="{n(cam.px(z) * .03)}" opacity=".55"') for k, rx, ry in ((.3, 2.3, .3), (.8, 2.9, .45)))
        out.append((z, a))
        mirror.append((z - .01, b))
        mirror.append((z - 5, wake))

    # a rubber boat of the fire brigade, far down the street
    z = 33
    crew = ''.join(f'<g transform="translate({x} -.25)"><path d="M-.24 0C-.3-.5-.2-.75 0-.78S.3-.5 .24 0z" fill="{v}"/><ellipse cy="-.92" rx=".11" ry=".14" fill="#c9a184"/><path d="M-.15-.93C-.15-1.16 .15-1.16 .15-.93z" fill="{h}"/></g>' for x, v, h in ((-1.0, '#e07b2a', '#d8dad6'), (-.2, '#5d7488', '#2b2a28'), (.5, '#8a6d78', '#3a2c24'), (1.25, '#e07b2a', '#d8dad6')))
    out.append((z, cam.put(-.6, level, z, crew + '<path d="M1.3-.9L2.2 .3" stroke="#5a4630" stroke-width=".06"/><path d="M-2-.45C-1.6-.3 1.5-.3 2.1-.6L1.8 0H-1.7z" fill="#c6462e"/><path d="M-1.9-.2C-1 0 1.2 0 1.9-.2L1.8 .02H-1.7z" fill="#7e2c20"/>')))

    far = lambda items: ''.join(s for _, s in sorted(items, key=lambda t: -t[0]))  # noqa: E731
    wy = cam.at(0, level, 95)[1]
    hills = (path([(0, 250), (90, 205), (210, 168), (330, 214), (450, 150), (560, 108), (690, 168), (800, 128), (930, 190), (1060, 142), (1180, 188), (1280, 160), (1280, 460), (0, 460)], '#8b999b', 'filter="url(#farforest)" opacity=".7"')
             + f'<path d="M0 300h1280v-60c-200 40-420-30-640 10-240 30-420-40-640 0z" fill="#c9d0d2" opacity=".75" filter="url(#b14)"/>'
             + path([(0, 330), (150, 290), (300, 318), (430, 262), (560, 300), (700, 256), (820, 300), (960, 250), (1100, 300), (1280, 262), (1280, 480), (0, 480)], '#66776f', 'filter="url(#forest)"')
             + '<path d="M0 400h1280v-46c-160-30-300 26-520 4s-420 26-760 0z" fill="#c3cbcc" opacity=".7" filter="url(#b14)"/>')
    # the water
    strips = ''
    ys = [wy, wy + 30, wy + 90, wy + 200, wy + 350, H]
    for i, (a, b) in enumerate(zip(ys, ys[1:])):
        strips += f'<path d="M0 {n(a - (0 if i == 0 else 14))}h{W}v{n(b - a + 14)}H0z" filter="url(#r{i})" opacity="{(.28, .34, .4, .42, .44)[i]}"/>'
    streaks = ''
    for _ in range(170):
        z = 1 / rng.uniform(1 / 60, 1 / 4.4)
        x = rng.uniform(-5.4, 5.4)
        sx, sy = cam.at(x, level, z)
        w = cam.px(z) * rng.uniform(.25, 1.5)
        streaks += f'<path d="M{n(sx)} {n(sy)}q{n(w * .4)} {n(-cam.px(z) * .05)} {n(w)} {n(cam.px(z) * rng.uniform(-.06, .1))}" stroke="{rng.choice(("#d6c2a0", "#c4aa80", "#6a5233", "#5c472c"))}" stroke-width="{n(max(.8, cam.px(z) * rng.uniform(.01, .035)))}" opacity="{rng.uniform(.25, .7):.2f}"/>'
    drift = ''
    for _ in range(44):
        z = 1 / rng.uniform(1 / 45, 1 / 6.5)
        x = rng.gauss(1.6, 1.8)
        sx, sy = cam.at(x, level, z)
        k = cam.px(z)
        a = rng.uniform(-11, 11)
        kind = rng.random()
        if kind < .6:
            drift += f'<g transform="translate({n(sx)} {n(sy)})rotate({n(a)})scale({n(k)})"><path d="M0 0h{rng.uniform(.3, 1.25):.2f}v.055H0z" fill="{cam.air(rng.choice(("#6e5638", "#4d3b26", "#8a7350")), z)}"/><path d="M0 .05h.5v.025H0z" fill="#35281a" opacity=".6"/></g>'
        elif kind < .95:
            drift += ellipse(sx, sy, k * rng.uniform(.05, .12), k * .03, cam.air(rng.choice(('#d8dcd8', '#b8c7cc', '#c3b089')), z))
        else:
            drift += ellipse(sx, sy, k * .32, k * .11, '#22211f') + ellipse(sx, sy - k * .01, k * .17, k * .05, '#6b5638')
    rings = ''
    for _ in range(240):
        z = 1 / rng.uniform(1 / 26, 1 / 4.4)
        sx, sy = cam.at(rng.uniform(-5.4, 5.2), level, z)
        k = cam.px(z) * rng.uniform(.05, .16)
        rings += f'<ellipse cx="{n(sx)}" cy="{n(sy)}" rx="{n(k)}" ry="{n(k * .3)}" stroke-width="{n(.6 + k * .05)}"/>'
    defs = gradient('sky', (0, '#7f8a92'), (.5, '#a9b2b7'), (1, '#c6ccce')) + gradient('water', (0, '#b3a58c'), (.18, '#9c8360'), (.55, '#7f643e'), (1, '#5d462a')) + ''.join(ripples(f'r{i}', *f, seed=40 + i, scale=s) for i, (*f, s) in enumerate(((.03, .3, 3), (.018, .16, 4), (.011, .085, 6), (.007, .05, 8), (.0045, .03, 11))))
    body = (f'<path d="M0 0h{W}v{H}H0z" fill="url(#sky)"/><path d="M0 0h{W}v330H0z" filter="url(#clouds)" opacity=".5"/>' + hills
            + f'<path d="M0 {n(wy)}h{W}v{H}H0z" fill="url(#water)"/>' + f'<g filter="url(#wall)">{far(out)}</g>')
    # the street surface and reflections are cut to the water between the houses
    clip = [cam.at(-5.6, level, 90), cam.at(5.6, level, 90), cam.at(5.6, level, 9.5), cam.at(16, level, 9.5), cam.at(16, level, 1), cam.at(-16, level, 1), cam.at(-5.6, level, 4.2)]
    defs += ('<filter id="wall" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".02 .006" numOctaves="5" seed="6" result="t"/><feColorMatrix in="t" values="0 0 0 0 .16  0 0 0 0 .13  0 0 0 0 .09  1.5 .6 0 0 -.86" result="stain"/>'
             '<feComposite in="stain" in2="SourceAlpha" operator="in" result="s"/><feMerge><feMergeNode in="SourceGraphic"/><feMergeNode in="s"/></feMerge></filter>')
    defs += f'<clipPath id="flow">{path(clip, "#000")}</clipPath>'
    body += (f'<g clip-path="url(#flow)"><path d="M0 {n(wy)}h{W}v{H}H0z" fill="url(#water)"/><g filter="url(#wobble)" opacity=".42">{far(mirror)}</g>{strips}'
             f'<g fill="none" stroke-linecap="round">{streaks}</g>{drift}<g fill="none" stroke="#e2d4ba" opacity=".5">{rings}</g></g>')
    # things standing in the water again, over it
    body += far([t for t in out if t[0] in (12.5, 19, 24, 33, 10.4, 8.4, 20)])
    body += f'<g fill="none" stroke="#2c3135">{"".join(wires)}</g>'
    body += f'<path d="M0 {n(wy - 70)}h{W}v120H0z" fill="#c2c9ca" opacity=".35" filter="url(#b40)"/>'
    body += rain(rng, 420) + ''.join(ellipse(rng.uniform(0, W), rng.uniform(0, H), r := rng.uniform(6, 22), r * 1.1, '#dfe6e8', 'opacity=".16" filter="url(#b4)"') for _ in range(12))
    return finish('浸水した野村の町並み（作図）', defs, body)
