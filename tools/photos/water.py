"""A water tank truck before the town hall, and the people who wait."""
from scene import *  # noqa: F403


def build():
    rng = random.Random(70)
    cam = Camera(eye=2.35, f=1230, cx=672, cy=430, haze='#c9d2d6', far=110)
    q = cam.quad
    defs = (gradient('sky', (0, '#8fa6b8'), (.6, '#bccad2'), (1, '#dfe5e4')) + gradient('ground', (0, '#9c9e9c'), (.35, '#7f8182'), (1, '#4d4f52'))
            + gradient('tank', (0, '#f4f7f8'), (.22, '#ffffff'), (.5, '#b9c5cc'), (.8, '#6f7f89'), (1, '#8fa0a8')) + gradient('glass', (0, '#9fb4be'), (.5, '#4d626d'), (1, '#26343c'))
            + gradient('tarp', (0, '#f4f6f7'), (1, '#c4ccd0')) + gradient('hall', (0, '#d9d4c8'), (1, '#bdb6a6')) + '<filter id="asphalt" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".5 .8" numOctaves="3" seed="3" result="t"/><feDiffuseLighting in="t" surfaceScale=".8" diffuseConstant="1.1" lighting-color="#fff" result="l"><feDistantLight azimuth="225" elevation="60"/></feDiffuseLighting><feComposite in="l" in2="SourceGraphic" operator="arithmetic" k1="1" k2="0" k3=".08" k4="0"/></filter>' + ripples('wet', .006, .05, 14, '#eaf0f3', 260, 4) + gradient('low', (0, '#000', 0), (1, '#000', .35)))
    s = f'<path d="M0 0h{W}v{H}H0z" fill="url(#sky)"/><path d="M0 0h{W}v400H0z" filter="url(#clouds)" opacity=".9"/><ellipse cx="930" cy="120" rx="420" ry="150" fill="#fff8e4" opacity=".55" filter="url(#b40)"/>'
    s += path([(-40, 330), (70, 306), (200, 256), (330, 290), (460, 236), (590, 262), (720, 204), (860, 248), (1000, 202), (1140, 260), (1330, 212), (1330, 470), (-40, 470)], '#8b9c98', 'filter="url(#farforest)" opacity=".9"')
    s += '<path d="M-20 360h1320v80H-20z" fill="#dbe2e2" opacity=".7" filter="url(#b14)"/>'
    s += path([(-40, 400), (120, 352), (260, 380), (420, 344), (560, 374), (1330, 350), (1330, 480), (-40, 480)], '#66785f', 'filter="url(#forest)"')
    # ground
    hy = cam.at(0, 0, 120)[1]
    s += f'<path d="M0 {n(hy)}h{W}v{H}H0z" fill="url(#ground)" filter="url(#asphalt)"/>'
    s += q([(-60, 0, 37), (60, 0, 37), (60, 0, 110), (-60, 0, 110)], '#76876a', 'filter="url(#farforest)"') + q([(-60, 0, 36.4), (60, 0, 36.4), (60, 0, 37), (-60, 0, 37)], '#c9c8c0')
    # town hall, far
    s += cam.box(-17, 6, 0, 9.2, 38, 50, '#cfc9bc', '#b1ab9d', '#dddddd')
    s += q([(-17.4, 9.2, 37.8), (6.4, 9.2, 37.8), (6.4, 9.8, 37.8), (-17.4, 9.8, 37.8)], '#8f8a80')
    for y in (1.0, 4.0, 7.0):
        for i in range(11):
            x = -16.2 + i * 2.02
            s += q([(x, y, 37.9), (x + 1.5, y, 37.9), (x + 1.5, y + 1.5, 37.9), (x, y + 1.5, 37.9)], '#5c6d76') + q([(x, y + .9, 37.85), (x + 1.5, y + .6, 37.85), (x + 1.5, y + 1.5, 37.85), (x, y + 1.5, 37.85)], '#a9bac2', 'opacity=".55"') + line([cam.at(x + .75, y, 37.8), cam.at(x + .75, y + 1.5, 37.8)], '#d9d6cd', 1.5)
        s += q([(-17, y - .55, 37.85), (6, y - .55, 37.85), (6, y - .35, 37.85), (-17, y - .35, 37.85)], '#b6afa0')
    s += q([(-7.5, 0, 36), (-2.5, 0, 36), (-2.5, 2.9, 36), (-7.5, 2.9, 36)], '#47555c') + cam.box(-8, -2, 2.9, 3.3, 34.5, 38, '#9a958a', '#8a857a', '#aaa59a')
    for x in (-7.7, -2.3):
        s += line([cam.at(x, 0, 34.6), cam.at(x, 2.9, 34.6)], '#8a857a', 6)
    c0 = cam.at(-5, 8.75, 37.7)
    s += ellipse(*c0, 10, 10, '#f2efe8', 'stroke="#555" stroke-width="2"') + line([c0, (c0[0], c0[1] - 7)], '#333', 1.5) + line([c0, (c0[0] + 5, c0[1] + 2)], '#333', 1.5)
    # trees and low houses at the side
    for x, z, k in ((-19.5, 33, 2.6), (-22, 30, 3.2), (9, 36, 2.6), (12.5, 35, 3.1), (17, 34, 3.3), (-14, 34, 1.5), (21, 33, 3.0)):
        px, py = cam.at(x, 0, z)
        r = cam.px(z) * k
        s += path([(px - 4, py), (px + 4, py), (px + 3, py - r * 1.1), (px - 3, py - r * 1.1)], '#5b4a38') + f'<g filter="url(#farforest)">{"".join(ellipse(px + a * r, py - r * (1.35 + b), r * c, r * c * .8, d) for a, b, c, d in ((0, 0, .9, "#54704b"), (-.5, -.1, .6, "#4a6443"), (.5, -.05, .62, "#5d7a52"), (0, .5, .62, "#678459")))}</g>'
    # parking lines, puddles that hold the sky
    for i in range(-6, 8):
        s += q([(i * 2.6 - .06, 0, 20), (i * 2.6 + .06, 0, 20), (i * 2.6 + .06, 0, 25), (i * 2.6 - .06, 0, 25)], '#eceae2', 'opacity=".7"')
    s += q([(-16, 0, 25), (19, 0, 25), (19, 0, 25.2), (-16, 0, 25.2)], '#eceae2', 'opacity=".6"')
    half, most = 'opacity=".55"', 'opacity=".75"'
    for x, y, rx, ry in ((210, 862, 250, 30), (860, 922, 270, 26), (70, 742, 150, 12), (1130, 742, 170, 13), (560, 800, 130, 10)):
        s += f'<g filter="url(#edge)">{ellipse(x, y, rx, ry, "#2f3538", half)}{ellipse(x, y + 2, rx * .95, ry * .86, "#b9c8d0", most)}{ellipse(x + rx * .2, y + 3, rx * .55, ry * .4, "#e6edf0", most)}</g>'

    # the truck: its side to us, cab to the right; metres along X at Z 10 to 12.3
    z0, z1 = 10.2, 12.5
    X = 1.1

    def side(points, fill, more='', z=z0):
        return path([cam.at(X + a, b, z) for a, b in points], fill, more)

    def arc(cx, cy, rx, ry, a0, a1, k=14):
        return [(cx + rx * math.cos(math.radians(a0 + (a1 - a0) * i / k)), cy + ry * math.sin(math.radians(a0 + (a1 - a0) * i / k))) for i in range(k + 1)]
    t = q([(X - 4.3, 0, z0 - .7), (X + 3.5, 0, z0 - .7), (X + 3.4, 0, z1 + .4), (X - 4.2, 0, z1 + .2)], '#101214', 'opacity=".55" filter="url(#b4)"')
    wheel = lambda a, z: ''.join(ellipse(*cam.at(X + a, .5, z), cam.px(z) * r, cam.px(z) * r, c) for r, c in ((.5, '#1d1f21'), (.36, '#303336'), (.27, '#b9bec0'), (.2, '#8b9194'), (.09, '#55595c')))  # noqa: E731
    for a in (-2.9, 2.0):
        t += wheel(a, z1 - .2)
    t += side([(-4.0, .62), (1.3, .62), (1.3, .95), (-4.0, .95)], '#2d3134') + side([(-3.9, .38), (-3.5, .38), (-3.5, .9), (-3.9, .9)], '#1f2224')
    # tank: back end ellipse at the left, body, front
    body = [(-3.9, 1.0)] + arc(-3.75, 1.78, .22, .78, 250, 110)[::1] + [(1.02, 2.56)] + arc(.95, 1.78, .2, .78, 70, -70) + [(-3.75, 1.0)]
    top = [cam.at(X - 3.75, 2.55, z0 + .2), cam.at(X + 1.0, 2.55, z0 + .2), cam.at(X + .95, 2.5, z1 - .4), cam.at(X - 3.7, 2.5, z1 - .4)]
    t += path(top, '#d9e0e3') + side(body, 'url(#tank)')
    t += side([(-3.85, 1.62), (1.1, 1.62), (1.1, 1.92), (-3.85, 1.92)], '#2a6fb8', 'opacity=".92"') + side([(-3.85, 1.55), (1.1, 1.55), (1.1, 1.6), (-3.85, 1.6)], '#2a6fb8', 'opacity=".8"')
    for a in (-2.6, -1.3, 0):
        t += side([(a - .03, 1.0), (a + .03, 1.0), (a + .03, 2.56), (a - .03, 2.56)], '#8c9aa2', 'opacity=".55"')
    # a drop as the mark
    dx, dy = cam.at(X - 1.95, 1.78, z0)
    t += f'<g transform="translate({n(dx)} {n(dy)})"><circle r="27" fill="#fff"/><path d="M0-19C12-4 14 1 14 7A14 14 0 0 1-14 7C-14 1-12-4 0-19z" fill="#2a6fb8"/><path d="M-7 8a8 8 0 0 0 7 8" stroke="#fff" stroke-width="3" fill="none" stroke-linecap="round"/></g>'
    # manhole, rail and ladder
    t += side([(-1.9, 2.55), (-1.1, 2.55), (-1.15, 2.78), (-1.85, 2.78)], '#aab6bc') + line([cam.at(X - 3.4, 2.9, z0 + .3), cam.at(X + .7, 2.9, z0 + .3)], '#c3ccd0', 4) + ''.join(line([cam.at(X + a, 2.5, z0 + .3), cam.at(X + a, 2.9, z0 + .3)], '#c3ccd0', 4) for a in (-3.4, -2.2, -.4, .7))
    for a in (-3.35, -3.0):
        t += line([cam.at(X + a, .9, z0 - .1), cam.at(X + a, 2.75, z0 - .1)], '#dfe5e7', 4)
    for b in (1.1, 1.4, 1.7, 2.0, 2.3, 2.6):
        t += line([cam.at(X - 3.35, b, z0 - .1), cam.at(X - 3.0, b, z0 - .1)], '#dfe5e7', 3)
    # cab
    cab = [(1.3, .55), (1.3, 2.3), (1.42, 2.52), (2.75, 2.52), (3.02, 2.36), (3.22, 1.55), (3.27, .5)]
    t += path([cam.at(X + 1.42, 2.52, z0), cam.at(X + 2.75, 2.52, z0), cam.at(X + 2.75, 2.5, z1), cam.at(X + 1.42, 2.5, z1)], '#eef1f2')
    t += side(cab, '#dfe4e6') + side([(1.3, .55), (3.27, .5), (3.25, 1.0), (1.3, 1.0)], '#2a6fb8') + side([(1.3, 1.0), (3.25, 1.0), (3.24, 1.08), (1.3, 1.08)], '#f4f6f7')
    t += side([(1.75, 1.5), (1.75, 2.28), (2.7, 2.28), (2.93, 1.5)], 'url(#glass)', 'stroke="#5a6266" stroke-width="3"') + side([(1.9, 1.6), (2.25, 2.28), (2.5, 2.28), (2.15, 1.6)], '#dce7ea', 'opacity=".3"')
    t += line([cam.at(X + 1.68, .75, z0), cam.at(X + 1.68, 2.3, z0), cam.at(X + 2.72, 2.32, z0), cam.at(X + 3.0, 1.45, z0), cam.at(X + 3.0, .95, z0)], '#8d979b', 1.6) + side([(1.82, 1.28), (2.08, 1.28), (2.08, 1.34), (1.82, 1.34)], '#4a5054')
    t += line([cam.at(X + 3.02, 2.2, z0), cam.at(X + 3.35, 2.05, z0)], '#333', 4) + side([(3.28, 1.6), (3.42, 1.6), (3.42, 2.1), (3.28, 2.1)], '#25292b') + side([(3.1, .85), (3.26, .85), (3.25, 1.12), (3.12, 1.12)], '#f5ecc8') + side([(2.0, 2.52), (2.5, 2.52), (2.45, 2.66), (2.05, 2.66)], '#e0a32c')
    t += side(arc(2.05, .5, .66, .66, 0, 180), '#1c1f21') + side(arc(-2.9, .5, .64, .62, 0, 180), '#1c1f21') + wheel(-2.9, z0) + wheel(2.05, z0) + side([(-1.6, .45), (.5, .45), (.5, .9), (-1.6, .9)], '#4a5054')
    # taps on a pipe along the side, hoses
    t += line([cam.at(X - 1.7, 1.0, z0 - .15), cam.at(X + .6, 1.0, z0 - .15)], '#c7ced1', 9) + line([cam.at(X - 1.7, 1.015, z0 - .15), cam.at(X + .6, 1.015, z0 - .15)], '#f4f7f8', 2.5)
    for a in (-1.5, -.9, -.3, .3):
        t += line([cam.at(X + a, 1.0, z0 - .2), cam.at(X + a, .84, z0 - .2)], '#c99a3a', 7) + line([cam.at(X + a - .07, 1.07, z0 - .2), cam.at(X + a + .07, 1.07, z0 - .2)], '#c0392b', 5)
    for a in (-.9, .3):
        t += line([cam.at(X + a, .84, z0 - .2), cam.at(X + a, .5, z0 - .2)], '#d5e8f2', 4, 'opacity=".9"')
    things = [(z0 + .2, t)]
    # a canopy beside it
    tent = ''
    for x, z in ((-9.2, 16.5), (-5.4, 16.5), (-9.2, 13.6), (-5.4, 13.6)):
        tent += line([cam.at(x, 0, z), cam.at(x, 2.2, z)], '#d9dddf', max(3, cam.px(z) * .05))
    tent += path([cam.at(-9.4, 2.15, 13.5), cam.at(-5.2, 2.15, 13.5), cam.at(-6.4, 2.95, 15), cam.at(-8.2, 2.95, 15)], 'url(#tarp)') + path([cam.at(-5.2, 2.15, 13.5), cam.at(-5.2, 2.15, 16.6), cam.at(-6.4, 2.95, 15)], '#b3bcc1') + path([cam.at(-9.4, 1.9, 13.5), cam.at(-5.2, 1.9, 13.5), cam.at(-5.2, 2.15, 13.5), cam.at(-9.4, 2.15, 13.5)], '#e9edef')
    tent += cam.box(-8.9, -6.0, .65, .72, 13.9, 14.5, '#d3cdbf', '#aaaaaa', '#ece7da') + ''.join(line([cam.at(x, 0, 13.9), cam.at(x, .66, 13.9)], '#7b7b7b', 3) for x in (-8.8, -6.1))
    for i, x in enumerate((-8.6, -8.2, -7.8, -7.0, -6.6)):
        tent += cam.put(x, .72, 14, f'<path d="M-.12 0v-.26h.05v-.05h.12v.05h.07V0z" fill="{("#e9f2f6", "#dfe9ee", "#3f7fc4", "#e9f2f6", "#dfe9ee")[i]}"/>')
    things.append((13.5, tent))

    def can(x, z, colour='#e8f1f5', k=1.0):
        return cam.put(x, 0, z, f'<g transform="scale({k})"><ellipse rx=".26" ry=".05" fill="#000" opacity=".35"/><path d="M-.17 0v-.3q0-.04 .04-.04h.03v-.07h.1v.03h.1q.07 0 .07 .08V0z" fill="{colour}"/><path d="M.06-.34h.11V0H.06z" fill="#000" opacity=".12"/><path d="M-.1-.45h.09v.05h-.09z" fill="#c0392b"/><path d="M-.17-.12h.34v.02h-.34z" fill="#000" opacity=".14"/></g>')
    hand = lambda c: f'<g transform="translate(.3 -.36)"><path d="M-.12 .3v-.26q0-.04 .04-.04h.16q.05 0 .05 .05v.25z" fill="{c}"/><path d="M-.1 0q.1-.14 .2 0" fill="none" stroke="{c}" stroke-width=".035"/><path d="M-.1-.03h.06v.04h-.06z" fill="#c0392b"/></g>'  # noqa: E731
    shirts = ['#c9d3d8', '#5f7fa3', '#a85f5a', '#d8c27a', '#6c8a68', '#8d7a9c', '#e4e0d6', '#4f6b7c', '#b98a6a', '#cfd8c2', '#7f9bb5', '#d7a7a0']
    hairs = ['#2a211d', '#3b2d24', '#9a9691', '#c4c0ba', '#2a211d', '#54463c']
    # the queue, from the taps to the left and away
    spots = [(.2, 9.3), (-.75, 9.4), (-1.75, 9.2), (-2.75, 9.5), (-3.65, 9.9), (-4.3, 10.6), (-4.75, 11.6), (-4.9, 12.7), (-4.75, 13.9), (-4.45, 15.2), (-4.1, 16.6), (-3.6, 18.0), (-3.0, 19.4), (-2.2, 20.8), (-1.2, 22.1), (0, 23.2), (1.4, 24.0), (2.9, 24.6), (4.3, 25.0), (5.6, 25.3)]
    for i, (x, z) in enumerate(spots):
        x += rng.uniform(-.12, .12)
        more = dict(shirt=shirts[(i * 5) % 12], hair=hairs[(i * 7) % 6], pants=rng.choice(('#39424f', '#5a5148', '#4a4d55', '#6b6f78', '#2f3947')), tall=rng.uniform(.92, 1.04), back=i in (0, 2, 5, 6, 7, 12), prop=hand(('#e8f1f5', '#3f7fc4', '#e8f1f5', '#d9e6c9')[i % 4]), flip=rng.random() < .4)
        if i in (3, 9):
            more['hat'] = '#e8dfc6'
        if i == 4:
            more['hat'] = '#3f5f8a'
        things.append((z, person(cam, x, z, **more)))
        if i in (2, 6, 10):
            things.append((z + .1, person(cam, x + .5, z + .1, rng.choice(('#e1a33c', '#6aa0c9', '#e58f8f')), '#54667a', tall=.64, back=i in (2, 6))))
        if i % 3 == 1:
            things.append((z - .25, can(x - .35, z - .25)))
    # officers at the taps
    things.append((9.55, person(cam, 1.5, 9.6, '#c9d6df', '#2f3b4c', vest='#2f62f0', hat='#e9e7de', tall=1.03)))
    things.append((9.0, person(cam, 2.5, 9.0, '#d7dfe4', '#2f3b4c', vest='#e0762c', pose='crouch')))
    things += [(8.9, can(.75, 8.9)), (8.8, can(1.9, 8.8, '#3f7fc4')), (8.75, can(2.3, 8.6)), (8.7, can(3.1, 8.9))]
    # one who goes home with water, in front; a wheelbarrow; cones
    things.append((6.7, person(cam, 3.0, 6.7, '#8fa6b8', '#4a4438', '#9a9691', flip=True, hat='#d9cfae', prop=hand('#e8f1f5') + f'<g transform="translate(-.6 0)">{hand("#e8f1f5")}</g>')))
    for x, z in ((-2.2, 8.3), (-4.4, 8.9), (4.4, 10.4)):
        things.append((z, cam.put(x, 0, z, '<ellipse cx=".05" rx=".28" ry=".06" fill="#000" opacity=".35"/><path d="M-.05-.68h.1L.18 0h-.36z" fill="#e2562a"/><path d="M-.085-.48h.17l.04 .18h-.25z" fill="#f3efe6"/><path d="M.01-.68h.04L.18 0H.06z" fill="#000" opacity=".2"/><path d="M-.24-.05h.48v.07h-.48z" fill="#b8431f"/>')))
    s += ''.join(b for _, b in sorted(things, key=lambda a: -a[0]))
    # reflections of a wet ground
    s += f'<path d="M0 {n(hy + 60)}h{W}v{H}H0z" filter="url(#wet)" opacity=".13"/><path d="M0 720h{W}v240H0z" fill="url(#low)"/>'
    s += '<path d="M900-20L1290-20 1290 420 560 640z" fill="#fff6dc" opacity=".10" filter="url(#b40)"/>'
    return finish('役場の前の給水車と列（作図）', defs, s)
