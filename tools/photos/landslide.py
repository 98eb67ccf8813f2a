"""Mikan hills of Yoshida above the sea, and the road under earth."""
from scene import *  # noqa: F403


def build():
    rng = random.Random(5)
    s = ''
    defs = (gradient('sky', (0, '#8d979e'), (.6, '#b4bcc0'), (1, '#d3d7d6')) + gradient('sea', (0, '#a9b6ba'), (1, '#6f858c'))
            + gradient('hill', (0, '#8b9a78'), (.5, '#687d55'), (1, '#4d6040')) + gradient('scar', (0, '#a98f70'), (.5, '#8d7153'), (1, '#665039'))
            + gradient('road', (0, '#8b8f91'), (1, '#4a4d4f')) + gradient('mudface', (0, '#8f7354'), (1, '#584330')) + gradient('fogdown', (0, '#dfe3e3', .85), (1, '#dfe3e3', 0))
            + ripples('sea1', .02, .2, 3, '#dfe8ea', 250, 2) + ripples('wet', .012, .06, 9, '#dfe6ea', 250, 3))
    s += f'<path d="M0 0h{W}v{H}H0z" fill="url(#sky)"/><path d="M0 0h{W}v330H0z" filter="url(#clouds)" opacity=".6"/>'
    # far capes and the sea, on the left
    s += '<path d="M0 300h760v330H0z" fill="url(#sea)"/><path d="M0 300h760v330H0z" filter="url(#sea1)" opacity=".35"/>'
    s += path([(-40, 300), (-40, 262), (80, 240), (170, 262), (260, 236), (350, 268), (430, 290), (470, 301)], '#93a1a4', 'filter="url(#farforest)" opacity=".8"')
    s += path([(360, 304), (430, 276), (520, 246), (620, 262), (720, 236), (800, 306)], '#86959a', 'filter="url(#farforest)" opacity=".8"')
    s += path([(90, 338), (120, 318), (170, 308), (220, 318), (262, 338)], '#74878a', 'filter="url(#farforest)"')
    for x, y, w in ((330, 372, 34), (420, 392, 40), (250, 412, 46)):  # rafts of the fish farms
        s += f'<path d="M{x} {y}h{w}l8 5h{-w - 14}z" fill="#5a6a70" opacity=".7"/><path d="M{x + 5} {y + 2}h{w - 6}" stroke="#c9d2d4" stroke-width="1" opacity=".7"/>'
    # the village on the bay
    s += path([(-40, 500), (-40, 462), (90, 468), (240, 462), (420, 470), (560, 476), (560, 540), (330, 620), (-40, 640)], '#7d8a72', 'filter="url(#farforest)"')
    for i in range(26):
        x, y = 30 + i * 21 + rng.uniform(-8, 8), 466 + rng.uniform(-10, 12) + i * .5
        w, h = rng.uniform(18, 30), rng.uniform(9, 14)
        s += f'<path d="M{n(x)} {n(y)}h{n(w)}v{n(h)}h{n(-w)}z" fill="{rng.choice(("#d5d2c8", "#c4bba8", "#b9bdbb"))}"/><path d="M{n(x - 3)} {n(y)}l{n(w / 2 + 3)} {n(-h * .75)} {n(w / 2 + 3)} {n(h * .75)}z" fill="{rng.choice(("#5a626a", "#6a5a52", "#4d565d"))}"/>'
    s += '<path d="M0 250h760v90H0z" fill="#d6dbdb" opacity=".55" filter="url(#b14)"/>'

    # the slope: a big hill on the right with terraces
    top = [(330, 560), (420, 470), (520, 372), (640, 270), (760, 190), (880, 128), (1000, 92), (1120, 70), (1330, 50)]
    ground = top + [(1330, 1010), (-50, 1010), (-50, 590), (120, 556)]
    s += path(ground, 'url(#hill)', 'filter="url(#forest)"')
    s += path([(880, 128), (1000, 92), (1120, 70), (1330, 50), (1330, 190), (1160, 176), (1040, 182), (930, 190), (840, 204), (790, 190)], '#4a5f47', 'filter="url(#forest)"')

    def crest(x):
        for (a, b), (c, d) in zip(top, top[1:]):
            if a <= x <= c:
                return b + (d - b) * (x - a) / (c - a)
        return 560 if x < 330 else 54

    def road_y(x):
        return 742 - 66 * ((x - 120) / 1160) - 40 * math.sin((x - 60) / 430)

    left = lambda y: 760 - 60 * math.sin(y / 150) - (y - 160) * .17  # noqa: E731: the left edge of the scar
    right = lambda y: 880 + 34 * math.sin(y / 90 + 1) + (y - 160) * .36  # noqa: E731
    # terraces: stone walls and rows of round trees
    rows = 17
    for i in range(rows):
        t = (i + .6) / rows
        y0 = lambda x: crest(x) + 60 + (road_y(x) - 36 - crest(x) - 60) * t  # noqa: E731
        size = 7 + 19 * t ** 1.3
        wall = []
        x = 352.0
        while x < 1300:
            y = y0(x) + 7 * math.sin(x / 77 + i * 1.7)
            if crest(x) + 40 < y:
                wall.append((x, y))
            x += 24
        if len(wall) > 2:
            s += line([(a, b + size * .7) for a, b in wall], '#b9b3a2', 2 + 5 * t, f'opacity="{.35 + .35 * t:.2f}" filter="url(#rough)"')
            s += line([(a, b + size * .7 + 3 + 3 * t) for a, b in wall], '#2f4224', 2 + 3 * t, 'opacity=".5"')
        x = 352 + rng.uniform(0, 20)
        while x < 1300:
            y = y0(x) + 7 * math.sin(x / 77 + i * 1.7)
            if crest(x) + 46 < y and rng.random() < .93:
                k = size * rng.uniform(.82, 1.15)
                c = mix(rng.choice(('#46643a', '#527044', '#405c3a', '#5d774a')), '#b7c0bd', .34 * (1 - t))
                s += ellipse(x + k * .3, y + k * .62, k * 1.05, k * .32, '#1c2b16', 'opacity=".4"')
                s += ellipse(x, y, k, k * .84, mix(c, '#14200f', .32)) + ellipse(x - k * .12, y - k * .16, k * .82, k * .62, c)
                for _ in range(int(3 + 6 * t)):
                    a, b = rng.uniform(-.7, .55), rng.uniform(-.6, .35)
                    s += ellipse(x + a * k, y + b * k, k * .2, k * .14, mix(c, '#dfe8c4', rng.uniform(.08, .28)))
            x += size * rng.uniform(1.95, 2.5)
    # rail of the little monorail, and a hut
    rail = [(1130, 690), (1112, 600), (1096, 500), (1086, 400), (1080, 300), (1078, 210)]
    s += line(rail, '#4c5350', 3) + ''.join(line([(x, y), (x + 2, y + 9)], '#4c5350', 2) for x, y in [(1130 - 52 * (k / 30) ** .6, 690 - 16 * k) for k in range(31)])
    s += '<path d="M1168 356h58v36h-58z" fill="#a9a597"/><path d="M1158 358l40-20 40 20z" fill="#5f6f7c"/><path d="M1180 368h16v24h-16z" fill="#4b4a44"/>'

    # the road
    up = [(x, road_y(x) - 16 - 10 * (1 - x / 1280)) for x in range(0, 1300, 20)]
    low = [(x, road_y(x) + 58 + 60 * (1 - abs(x - 300) / 1280)) for x in range(0, 1300, 20)]
    s += path([(a, b - 34) for a, b in up] + up[::-1], '#a7a59b', 'filter="url(#rough)"')  # wall of concrete
    for a, b in up[::4]:
        s += line([(a, b - 34), (a, b)], '#7d7b72', 1.5, 'opacity=".7"')
    s += path(up + low[::-1], 'url(#road)', 'filter="url(#rough)"')
    s += path(up + low[::-1], '#000', 'filter="url(#wet)" opacity=".3"')
    mid = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in zip(up, low)]
    for k in range(0, len(mid) - 2, 4):
        s += line(mid[k:k + 3], '#e9e6da', 5, 'opacity=".8"')
    s += line([(a, b + 7) for a, b in up], '#e9e6da', 3.5, 'opacity=".75"') + line([(a, b - 9) for a, b in low], '#e9e6da', 5, 'opacity=".75"')
    # grass below, guard rail
    s += path([(a, b) for a, b in low] + [(1330, 740), (1330, 1010), (-50, 1010), (-50, 850)], '#55684a', 'filter="url(#forest)"')

    def guard(x0, x1, bent=0.0):
        pts = [(x, road_y(x) + 30 + 60 * (1 - abs(x - 300) / 1280) + bent * ((x - x0) / (x1 - x0)) ** 3) for x in range(x0, x1 + 1, 20)]
        g = path(pts + [(a, b + 19) for a, b in pts[::-1]], '#dfe2e1') + line([(a, b + 9) for a, b in pts], '#9ba2a4', 4) + line(pts, '#f6f8f7', 2)
        g += ''.join(line([(a, b + 2), (a, b + 46)], '#b8bdbe', 6) for a, b in pts[::5])
        return g
    s += guard(0, 520, 34) + guard(1100, 1280)

    # muddy water over the road
    s += f'<path d="M170 826C260 790 420 800 640 800l-30 100C420 912 260 880 170 826z" fill="#8d6d46" opacity=".75" filter="url(#edge)"/><path d="M170 826C260 790 420 800 640 800l-30 100C420 912 260 880 170 826z" filter="url(#wet)" opacity=".5"/>'
    # the scar, from the crest over the road
    edge_l, edge_r = [], []
    y = 262
    while y < 700:
        edge_l.append((left(y) + rng.uniform(-14, 14), y))
        edge_r.append((right(y) + rng.uniform(-14, 14), y))
        y += 22
    tongue = [(1100, 712), (1128, 770), (1096, 842), (1010, 900), (880, 936), (720, 930), (590, 896), (512, 842), (500, 780), (556, 716), (620, 690)]
    scar = [(722, 268), (742, 236), (782, 222), (830, 206), (872, 204), (898, 226)] + edge_r + tongue + edge_l[::-1]
    s += path([(x + 16, y + 14) for x, y in scar], '#1b140c', 'opacity=".5" filter="url(#b14)"')
    s += path(scar, 'url(#scar)', 'filter="url(#mud)"')
    s += path(edge_l + [(left(690) + 60, 690)] + [(a + 38 + 20 * math.sin(b / 40), b) for a, b in edge_l[::-1]], '#3a2614', 'opacity=".55" filter="url(#b4)"')
    for _ in range(34):
        y = rng.uniform(280, 640)
        t = rng.random()
        x = left(y) + (right(y) - left(y)) * (.12 + .76 * t)
        s += f'<path d="M{n(x)} {n(y)}q{n(rng.uniform(-16, 10))} {n(40)} {n(rng.uniform(-20, 24))} {n(rng.uniform(60, 130))}" fill="none" stroke="{rng.choice(("#5d3f22", "#c29a68", "#4a321b", "#d0ab7a"))}" stroke-width="{n(rng.uniform(2, 7))}" opacity=".45" stroke-linecap="round" filter="url(#b1)"/>'
    # water running down
    s += '<path d="M806 300C822 350 800 400 828 452S806 560 842 612 826 690 850 720" fill="none" stroke="#c2ac88" stroke-width="7" opacity=".5" stroke-linecap="round" filter="url(#wobble)"/><path d="M806 300C822 350 800 400 828 452S806 560 842 612 826 690 850 720" fill="none" stroke="#efe4d0" stroke-width="3" opacity=".55" filter="url(#edge)"/>'
    # the toe: mounds, rocks, logs, mikan trees torn out
    s += path([(520, 800), (590, 724), (690, 690), (800, 668), (910, 682), (1010, 700), (1080, 754), (1090, 820), (1000, 872), (860, 906), (700, 900), (570, 866)], 'url(#mudface)', 'filter="url(#mud)"')

    def tree(x, y, k, a):
        t = f'<g transform="translate({x} {y})rotate({a})scale({k})"><path d="M0 4C20-2 60-2 84 2l16-8-10 14C60 14 20 14 0 10z" fill="#4b3622"/>'
        for _ in range(5):
            t += f'<path d="M2 6q-16 {rng.uniform(-18, 18):.0f} -34 {rng.uniform(-26, 26):.0f}" stroke="#5b432b" stroke-width="3" fill="none"/>'
        for _ in range(26):
            r = rng.uniform(8, 18)
            t += ellipse(104 + rng.gauss(0, 22), 2 + rng.gauss(0, 18), r, r * .6, rng.choice(('#405a36', '#4f6b41', '#354c2e', '#62784f')))
        return t + '</g>'
    for args in ((610, 770, .9, 12), (900, 740, .8, -160), (760, 850, 1.1, -14), (1010, 800, .85, 160), (700, 700, .6, 40), (850, 640, .55, 75), (880, 520, .42, 100)):
        s += tree(*args)
    for _ in range(120):
        x, y = rng.gauss(790, 150), rng.gauss(820, 60)
        if not (520 < x < 1085 and 700 < y < 920):
            continue
        k = rng.uniform(3, 9) * (y / 800) ** 2 if rng.random() < .72 else rng.uniform(12, 30)
        c = rng.choice(('#877c6c', '#786a58', '#94897a', '#6b5a46'))
        pts = [(x + k * math.cos(a) * rng.uniform(.8, 1.1), y + k * .68 * math.sin(a) * rng.uniform(.8, 1.1)) for a in [i * 2 * math.pi / 8 for i in range(8)]]
        s += ellipse(x + k * .2, y + k * .55, k * 1.1, k * .3, '#1b120a', 'opacity=".5"') + path(pts, c, 'stroke-linejoin="round"') + path([(a, b - k * .1) for a, b in pts[4:8]] + [(x + k * .2, y - k * .1)], mix(c, '#ffffff', .28)) + path(pts[0:4] + [(x, y)], mix(c, '#20160c', .4))
    for x, y, l, a in ((560, 846, 170, -8), (640, 800, 140, 20), (930, 860, 190, 8), (820, 720, 120, -28), (990, 760, 110, 30)):
        s += f'<g transform="translate({x} {y})rotate({a})"><path d="M0 9h{l}v8H0z" fill="#1b120a" opacity=".4"/><path d="M0-7h{l}v16H0z" fill="#6d5335"/><path d="M0-7h{l}v5H0z" fill="#93744d"/><ellipse cy="1" rx="4" ry="8" fill="#c9a877"/></g>'
    # closing the road: cones, a bar, officers, a car

    def cone(x, y, k):
        return f'<g transform="translate({x} {y})scale({k})"><ellipse cx="4" cy="2" rx="20" ry="5" fill="#000" opacity=".35"/><path d="M-4-44H4L13 0h-26z" fill="#e2562a"/><path d="M-6.500-31H6.500l3 12h-19z" fill="#f3efe6"/><path d="M1-44h3L13 0H4z" fill="#000" opacity=".2"/><path d="M-18-3h36v6h-36z" fill="#b8431f"/></g>'
    for args in ((258, 792, .95), (300, 826, 1.1), (350, 866, 1.3), (412, 912, 1.5)):
        s += cone(*args)
    s += '<path d="M258 752L412 848" stroke="#e8c52c" stroke-width="8"/><path d="M258 752L412 848" stroke="#222" stroke-width="8" stroke-dasharray="14 14"/>'

    def man(x, y, k, **more):
        return f'<g transform="translate({x} {y})">{person(Camera(f=k, cx=0, cy=-k * 1.7 / 1, eye=1.7, haze="#b4bcc0", far=40), 0, 1, **more)}</g>'
    s += '<g transform="translate(60 700)"><path d="M-70 66h240l-10 14H-60z" fill="#000" opacity=".35" filter="url(#b4)"/><path d="M-64 60V6q2-12 14-14l26-40q4-6 12-6h96q10 0 16 8l28 40q24 2 26 18v48z" fill="#e9ebea"/><path d="M-64 30h218v30H-64z" fill="#c9cdcd"/><path d="M-18-8l20-32h36v32zM46-8v-32h36q6 0 10 6l18 26z" fill="#37444c"/><path d="M-10-10l14-22h14l-16 22zM56-10v-22h10v22z" fill="#93a4ab" opacity=".6"/><path d="M-64 18h218v6H-64z" fill="#2f62b0"/><path d="M20-58h30v8H20z" fill="#e0a32c"/><circle cx="-22" cy="62" r="19" fill="#24272a"/><circle cx="-22" cy="62" r="9" fill="#a5aaab"/><circle cx="108" cy="62" r="19" fill="#24272a"/><circle cx="108" cy="62" r="9" fill="#a5aaab"/><path d="M142 14h12v12h-12z" fill="#f4e6b0"/></g>'
    s += man(206, 836, 92, shirt='#e3a52c', pants='#2f3b4c', vest='#e0762c', hat='#e9e7de', back=True) + man(470, 790, 74, shirt='#4b6f96', pants='#39424f', vest='#d9d23a', hat='#e9e7de', prop='<path d="M.1-1.2H.42v.3H.1z" fill="#e9e4d6"/>')
    # mist and rain
    s += f'<path d="M0 0h{W}v300H0z" fill="url(#fogdown)" opacity=".7"/><ellipse cx="1080" cy="140" rx="330" ry="46" fill="#dfe4e4" opacity=".6" filter="url(#b40)"/><ellipse cx="470" cy="440" rx="260" ry="30" fill="#dfe4e4" opacity=".5" filter="url(#b14)"/>'
    s += rain(rng, 330, -.10, .26)
    return finish('土砂で埋まった吉田の道（作図）', defs, s)
