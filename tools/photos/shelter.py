"""A school gymnasium as a shelter: cardboard beds, low partitions, people."""
from scene import *  # noqa: F403


def build():
    rng = random.Random(18)
    cam = Camera(eye=3.1, f=900, cx=660, cy=452, haze='#d9d2c2', far=120)
    wide, deep, high = 11.5, 31, 8.6
    q = cam.quad
    s = ''
    # shell: end wall, side walls, ceiling, floor
    s += q([(-wide, 0, deep), (wide, 0, deep), (wide, high, deep), (-wide, high, deep)], 'url(#end)')
    for side in (-1, 1):
        x = side * wide
        s += q([(x, 0, 1.5), (x, 0, deep), (x, high, deep), (x, high, 1.5)], f'url(#side{"L" if side < 0 else "R"})')
        s += q([(x, 0, 1.5), (x, 0, deep), (x, 2.1, deep), (x, 2.1, 1.5)], '#a87f4f', 'opacity=".9"')
        s += line([cam.at(x, 2.1, 1.5), cam.at(x, 2.1, deep)], '#6d5130', 3)
        # gallery and its rail
        s += q([(x, 3.5, 1.5), (x, 3.5, deep), (x, 3.75, deep), (x, 3.75, 1.5)], '#8d8f8b')
        s += q([(x, 3.5, 1.5), (x, 3.5, deep), (x - side * .9, 3.5, deep), (x - side * .9, 3.5, 1.5)], '#5f605c')
        for y in (4.0, 4.35, 4.7):
            s += line([cam.at(x - side * .9, y, 1.5), cam.at(x - side * .9, y, deep)], '#77817c', 2)
        z = 2.5
        while z < deep:
            s += line([cam.at(x - side * .9, 3.6, z), cam.at(x - side * .9, 4.7, z)], '#77817c', max(1, cam.px(z) * .03))
            z += 1.4
        # windows
        z = 3.0
        while z < deep - 2:
            s += q([(x, 5.0, z), (x, 5.0, z + 3.1), (x, 7.6, z + 3.1), (x, 7.6, z)], 'url(#window)')
            for k in (1.03, 2.06):
                s += q([(x, 5.0, z + k - .05), (x, 5.0, z + k + .05), (x, 7.6, z + k + .05), (x, 7.6, z + k - .05)], '#8c9390')
            s += line([cam.at(x, 6.3, z), cam.at(x, 6.3, z + 3.1)], '#8c9390', 3)
            z += 4.1
        z = 2.4
        while z < deep:
            s += q([(x, 0, z), (x, 0, z + .35), (x, high, z + .35), (x, high, z)], '#c7bda6' if side > 0 else '#b5ab95')
            z += 4.1
    ridge = 10.4
    for side in (-1, 1):
        s += q([(side * wide, high, 1.2), (side * wide, high, deep), (0, ridge, deep), (0, ridge, 1.2)], '#8f8b80' if side < 0 else '#9a968b', z=5)
    s += path([cam.at(-wide, high, deep), cam.at(0, ridge, deep), cam.at(wide, high, deep)], '#bdb39c')
    z = deep - 1
    while z > 3.2:
        a = [cam.at(-wide, high, z), cam.at(0, ridge, z), cam.at(wide, high, z)]
        b = [cam.at(-wide, high - .9, z), cam.at(0, ridge - 1.3, z), cam.at(wide, high - .9, z)]
        col, w = cam.air('#54585a', z), cam.px(z) * .09
        s += line(a, col, w) + line(b, col, w)
        zig = []
        for i in range(21):
            x = -wide + i * wide / 10
            top = high + (ridge - high) * (1 - abs(x) / wide)
            zig.append(cam.at(x, top - (0 if i % 2 else .9 + .4 * (1 - abs(x) / wide)), z))
        s += line(zig, col, w * .55)
        z -= 4.1
    for z in (27, 23, 19, 15, 11, 7):
        for x in (-6, 0, 6):
            a = cam.at(x, 8.0, z)
            k = cam.px(z)
            s += line([cam.at(x, 8.9, z), a], '#50545a', 1.5) + ellipse(*a, k * .42, k * .16, '#fffbe8') + ellipse(a[0], a[1] + k * .02, k * 1.1, k * .6, '#fff6d2', 'opacity=".35" filter="url(#b14)"') + path([(a[0] - k * .42, a[1]), (a[0] - k * .2, a[1] - k * .34), (a[0] + k * .2, a[1] - k * .34), (a[0] + k * .42, a[1])], '#6b6f72')
    # stage with its curtain, clock, hoop
    s += q([(-6, 1.1, deep - .05), (6, 1.1, deep - .05), (6, 5.6, deep - .05), (-6, 5.6, deep - .05)], '#3c3029')
    for i in range(24):
        x = -6 + i * .5
        s += q([(x, 1.1, deep - .1), (x + .5, 1.1, deep - .1), (x + .5, 5.3, deep - .1), (x, 5.3, deep - .1)], ('#7b3a3d', '#6b2f33', '#8b4649')[i % 3])
    s += q([(-6, 5.0, deep - .12), (6, 5.0, deep - .12), (6, 5.7, deep - .12), (-6, 5.7, deep - .12)], '#7f3b3f')
    s += q([(-6.3, 0, deep - .2), (6.3, 0, deep - .2), (6.3, 1.1, deep - .2), (-6.3, 1.1, deep - .2)], '#8a6236') + q([(-6.3, 1.06, deep - .25), (6.3, 1.06, deep - .25), (6.3, 1.18, deep - .25), (-6.3, 1.18, deep - .25)], '#c29a63')
    c0 = cam.at(0, 6.9, deep - .1)
    s += ellipse(*c0, 15, 15, '#f4f2ea', 'stroke="#4d4d4d" stroke-width="2.5"') + line([c0, (c0[0] + 6, c0[1] + 5)], '#333', 2) + line([c0, (c0[0] - 2, c0[1] - 11)], '#333', 1.6)
    s += q([(7.4, 3.4, deep - .3), (9.2, 3.4, deep - .3), (9.2, 4.6, deep - .3), (7.4, 4.6, deep - .3)], '#f0efe9') + line([cam.at(7.9, 3.4, deep - 1), cam.at(8.7, 3.4, deep - 1)], '#d4622c', 3)
    # floor
    s += q([(-wide, 0, 1.3), (wide, 0, 1.3), (wide, 0, deep), (-wide, 0, deep)], 'url(#floor)')
    for i in range(-57, 58):
        x = i * .2
        s += line([cam.at(x, 0, 1.5), cam.at(x, 0, deep)], '#5d3f1e', .7, f'opacity="{rng.uniform(.06, .22):.2f}"')
    for x in (-7, 7):
        s += q([(x - .04, 0, 2), (x + .04, 0, 2), (x + .04, 0, deep - 2), (x - .04, 0, deep - 2)], '#f2efe6', 'opacity=".75"')
    for z in (8.5, 16, 23.5):
        s += line([cam.at(-7, 0, z), cam.at(7, 0, z)], '#2f6c9e' if z == 16 else '#f2efe6', cam.px(z) * .08, 'opacity=".7"')
    # light of the windows on the floor
    for z in range(3, 30, 4):
        for side in (-1, 1):
            s += q([(side * 6.5, 0, z), (side * 9.5, 0, z + .4), (side * 9.5, 0, z + 2.4), (side * 6.5, 0, z + 2)], '#fffbe9', 'opacity=".30" filter="url(#b14)"')
    for x in (-6, 0, 6):
        s += q([(x - .7, 0, 3), (x + .7, 0, 3), (x + .4, 0, deep), (x - .4, 0, deep)], '#fff3cf', 'opacity=".25" filter="url(#b14)"')

    things = []
    card = ['#c49a66', '#bb9060', '#cda571']

    def bed(x, z, who):
        k = rng.choice(card)
        b = cam.box(x - .45, x + .45, 0, .36, z, z + 1.95, mix(k, '#3a2812', .22), mix(k, '#3a2812', .34), k)
        shade = q([(x - .65, 0, z - .12), (x + .65, 0, z - .12), (x + .65, 0, z + 2.05), (x - .65, 0, z + 2.05)], '#2c1a08', 'opacity=".38" filter="url(#b4)"')
        for d in (.65, 1.3):
            b += line([cam.at(x - .45, .36, z + d), cam.at(x + .45, .36, z + d)], '#7a5a32', 1, 'opacity=".6"')
        b += line([cam.at(x, 0, z), cam.at(x, .36, z)], '#6d4f2a', 1, 'opacity=".6"')
        cloth = rng.choice(('#7d93b8', '#b5716b', '#8aa684', '#c9b978', '#9b86a8', '#d9d5ca', '#6f8ea0'))
        if who == 'lie':
            up = .36
            b += q([(x - .34, up + .02, z + 1.5), (x + .34, up + .02, z + 1.5), (x + .34, up + .12, z + 1.9), (x - .34, up + .12, z + 1.9)], '#eeebe3')
            h = cam.at(x, up + .22, z + 1.62)
            b += ellipse(*h, cam.px(z + 1.6) * .1, cam.px(z + 1.6) * .11, cam.air('#d4a482', z)) + ellipse(h[0], h[1] - cam.px(z + 1.6) * .045, cam.px(z + 1.6) * .105, cam.px(z + 1.6) * .08, cam.air(rng.choice(('#8d8a86', '#2a211d', '#b9b5ae')), z))
            pts = [(x - .42, up, z + .05), (x - .3, up + .2, z + .1), (x, up + .27, z + .1), (x + .3, up + .2, z + .1), (x + .42, up, z + .05)]
            back = [(a * 1 + 0, b2 + .02, z + 1.42) for a, b2, _ in reversed(pts)]
            b += path([cam.at(*p) for p in pts + back], cam.air(cloth, z)) + path([cam.at(*p) for p in pts], cam.air(mix(cloth, '#000000', .18), z))
            b += line([cam.at(x - .2, up + .24, z + .4), cam.at(x + .1, up + .27, z + .8), cam.at(x + .25, up + .22, z + 1.3)], cam.air(mix(cloth, '#000000', .25), z), cam.px(z) * .02)
        elif who == 'blanket':
            b += q([(x - .4, .38, z + .2), (x + .4, .38, z + .2), (x + .4, .40, z + 1.0), (x - .4, .40, z + 1.0)], cloth) + cam.box(x - .28, x + .28, .38, .5, z + 1.3, z + 1.7, '#dcd8cc', '#bbb6a8', '#efece2')
        things.append((z + 1, shade + b))
        if who == 'sit':
            things.append((z - .02, person(cam, x + rng.uniform(-.1, .1), z - .05, rng.choice(('#d8cfc0', '#7b8fa8', '#a8636a', '#5d7a62', '#cdb4a0', '#4e5b73')), rng.choice(('#4a4d55', '#6b5e52', '#394254')), rng.choice(('#2a211d', '#8d8a86', '#c4c0ba', '#3b2d24')), 'sit')))

    def screen(x0, x1, z0, z1, h=1.15):
        k = rng.choice(card)
        if z0 == z1:
            b = q([(x0, 0, z0), (x1, 0, z0), (x1, h, z0), (x0, h, z0)], mix(k, '#3a2812', .12)) + line([cam.at(x0, h, z0), cam.at(x1, h, z0)], mix(k, '#ffffff', .35), cam.px(z0) * .03)
            for t in (.33, .66):
                b += line([cam.at(x0 + (x1 - x0) * t, 0, z0), cam.at(x0 + (x1 - x0) * t, h, z0)], '#7a5a32', 1, 'opacity=".5"')
        else:
            b = q([(x0, 0, z0), (x0, 0, z1), (x0, h, z1), (x0, h, z0)], mix(k, '#3a2812', .3)) + line([cam.at(x0, h, z0), cam.at(x0, h, z1)], mix(k, '#ffffff', .3), 2)
        things.append((max(z0, z1) - .01 if z0 == z1 else (z0 + z1) / 2, b))

    kinds = ['sit', 'lie', 'blanket', 'sit', 'lie', 'empty', 'blanket', 'lie', 'sit', 'lie']
    i = 0
    for row, z in enumerate((24.6, 20.4, 16.2, 12.0, 7.8)):
        for x in (-9.6, -7.6, -5.0, -3.0, 3.0, 5.0, 7.6, 9.6):
            bed(x, z, kinds[(i * 7 + row * 3) % 10])
            i += 1
        for a, b in ((-10.8, -6.6), (-6.2, -2.0), (2.0, 6.2), (6.6, 10.8)):
            screen(a, b, z + 2.5, z + 2.5)
        for x in (-6.4, 6.4, -2.0, 2.0):
            screen(x, x, z + .5, z + 2.5)
        for x in (-8.6, -4, 4, 8.6):
            if rng.random() < .7:
                c = rng.choice(('#3f5f8a', '#8a3f45', '#4d6b4a', '#d9d4c6', '#6a5d7b'))
                zz = z + rng.uniform(.2, 1.4)
                things.append((zz, cam.box(x - .22, x + .22, 0, .42, zz, zz + .3, c, mix(c, '#000000', .25), mix(c, '#ffffff', .2))))
    # water and goods by the aisle
    for x, z in ((1.5, 26.5), (-1.5, 26.8), (1.55, 21), (-1.5, 13.2)):
        for j in range(3):
            c = rng.choice(('#d6b888', '#c9a672', '#e3e6e6'))
            things.append((z + j * .01, cam.box(x - .25, x + .25, j * .32, j * .32 + .31, z, z + .4, c, mix(c, '#000000', .2), mix(c, '#ffffff', .25))))
    # shoes in a row, bottles, a fan
    for x in (-5.55, -5.2, -2.35, 2.4, 3.6, 5.55):
        c = rng.choice(('#e6e3da', '#3c4048', '#7b4a3a', '#4b6a8d', '#b7a58c'))
        things.append((7.55, ''.join(ellipse(*cam.at(x + dx, .02, 7.55), cam.px(7.55) * .05, cam.px(7.55) * .055, c, 'stroke="#2a1a0a" stroke-opacity=".35"') for dx in (-.08, .08))))
    for x, z in ((-7.2, 6.7), (-2.1, 7.5), (2.2, 7.2), (5.6, 6.9)):
        things.append((z, cam.put(x, 0, z, '<ellipse rx=".1" ry=".03" fill="#000" opacity=".3"/><path d="M-.05 0v-.2q0-.05 .03-.06v-.04h.04v.04q.03 .01 .03 .06V0z" fill="#cfe2ea"/><path d="M-.05-.14h.1v.07h-.1z" fill="#3c79b8"/><path d="M-.022-.33h.044v.04h-.044z" fill="#f4f4f0"/>')))
    things.append((9.2, cam.put(-2.6, 0, 9.2, '<ellipse rx=".24" ry=".05" fill="#4d5358"/><path d="M-.02 0h.04v-.8h-.04z" fill="#8b9094"/><circle cy="-1" r=".26" fill="#e7ecee" opacity=".75" stroke="#9aa2a6" stroke-width=".02"/><path d="M0-1c.2-.16 .22 .06 0 0-.02.24-.2.14 0 0-.22-.06-.1-.24 0 0z" fill="#6d9cc0"/><circle cy="-1" r=".05" fill="#55606a"/>')))
    # the desk of the shelter
    things.append((27, cam.box(-2.6, -.4, .62, .7, 28, 28.6, '#d9d4c8', '#bbbbbb', '#efece4') + line([cam.at(-2.5, 0, 28), cam.at(-2.5, .65, 28)], '#777', 2) + line([cam.at(-.5, 0, 28), cam.at(-.5, .65, 28)], '#777', 2)))
    who = [(-.2, 24, dict(vest='#2f62f0', shirt='#cfd6de')), (.75, 24.2, dict(shirt='#c9b6a0', hair='#9a9691', flip=True)), (.5, 17.6, dict(shirt='#8a5f6d', back=True)), (.95, 17.5, dict(shirt='#e0cf8a', tall=.68, back=True)),
           (-1.0, 11.6, dict(vest='#2f62f0', shirt='#dfe3e6', pants='#3b4656', prop='<path d="M.02-1.12H.34v.3H.02z" fill="#efe9da"/>')), (-.3, 11.3, dict(shirt='#a7796a', hair='#b5b1ab', pants='#5a5148', tall=.93)), (-1.6, 27.2, dict(vest='#2f62f0', shirt='#dfe3e6')), (-8.5, 14.9, dict(shirt='#5e7f8d')), (8.4, 19.3, dict(shirt='#b87f5a', hair='#4a3a30')), (4.05, 13.2, dict(shirt='#67806a', pose='crouch')), (1.35, 8.1, dict(shirt='#d7dfe4', pants='#2f3947', vest='#e0762c', back=True, prop='<path d="M-.3-.75h.62v.42H-.3z" fill="#c9a06a"/>'))]
    for x, z, more in who:
        things.append((z, person(cam, x, z, **more)))
    for x, z in ((.2, 14.2), (.75, 14.5)):
        things.append((z, person(cam, x, z, rng.choice(('#e1a33c', '#6aa0c9')), '#54667a', tall=.62)))
    s += f'<g filter="url(#edge)">{"".join(t for _, t in sorted(things, key=lambda t: -t[0]))}</g>'
    # haze of light from above, and the near dark
    for x in (330, 660, 990):
        s += f'<ellipse cx="{x}" cy="60" rx="330" ry="150" fill="#fff4cf" opacity=".16" filter="url(#b40)"/>'
    s += f'<path d="M0 {H - 190}h{W}v190H0z" fill="url(#near)"/>'
    defs = (gradient('end', (0, '#b9ad94'), (1, '#d8c9aa')) + gradient('sideL', (0, '#9c927d'), (1, '#c4b89d'), x2=1, y2=0) + gradient('sideR', (0, '#c9bda3'), (1, '#a39984'), x2=1, y2=0)
            + gradient('window', (0, '#d5dfe3'), (.6, '#eef3f3'), (1, '#c5d0cf')) + gradient('floor', (0, '#cfa46c'), (.4, '#bf8d52'), (1, '#8d6233')) + gradient('near', (0, '#2a1a0a', 0), (1, '#2a1a0a', .45)))
    return finish('避難所になった体育館（作図）', defs, s)
