"""Draws the stickers: `python3 tools/stickers/draw.py FONT.ttc [id …]`.

The font (Noto Sans CJK Bold, package fonts-noto-cjk of Debian) and fontTools
are needed here only; what is written to apps/web/public/stickers/ holds the
words as outlines. The ids and words are those of features/talk/stickers.ts.
A new sticker is one line there and one line here.
"""
import pathlib
import re
import sys

from kit import *  # noqa: F403: the parts are the vocabulary of this file

ROOT = pathlib.Path(__file__).parents[2]
OUT = ROOT / 'apps/web/public/stickers'


# props -------------------------------------------------------------------
def heart(x, y, k=1.0, fill=PINK):
    return f'<g transform="translate({x} {y})scale({k})">' + p('M0 26C-40 0-30-28-12-26-4-25 0-18 0-14 0-18 4-25 12-26 30-28 40 0 0 26z', fill, w=round(6 / k, 1), out=True) + '</g>'


def sweat(x, y, k=1.0):
    return f'<g transform="translate({x} {y})scale({k})">' + p('M0-16C10-2 12 4 12 10A12 12 0 0 1-12 10C-12 4-10-2 0-16z', SKY, w=round(5 / k, 1), out=True) + '</g>'


def badge(x, y, rad=32):
    return c(x, y, rad, GREEN, out=True) + p(f'M{x - 14} {y + 1}l10 11 19-22', '', WHITE, 8)


def bubble(x, y, w, h, tail, inner):
    return p(f'M{x + 16} {y}h{w - 32}q16 0 16 16v{h - 32}q0 16-16 16{tail}q-16 0-16-16v{32 - h}q0-16 16-16z', WHITE, out=True) + inner


def cone(x, y, k=1.0):
    return (f'<g transform="translate({x} {y})scale({k})">' + p('M-12-66h24L32 0h-64z', '#ff7a2f', out=True) + flat('M-19-42h38l7 19h-52z', WHITE)
            + p('M-12-66h24L32 0h-64z') + r(-44, -4, 88, 16, '#ff7a2f', 5, out=True) + '</g>')


def handset(x, y, rot, k=1.0):
    return (f'<g transform="translate({x} {y})rotate({rot})scale({k})">'
            + p('M-46-20c0-12 30-12 30 0v8h32v-8c0-12 30-12 30 0V4c0 8-6 8-10 8h-72c-4 0-10 0-10-8z', BLUE, out=True) + '</g>')


def phone(x, y, w, h, screen, inner=''):
    return r(x, y, w, h, '#333', 12, out=True) + r(x + 8, y + 12, w - 16, h - 24, screen, 4, None) + inner


def rays(x, y, r1, r2, angles, colour='#e6a700', w=7):
    from math import cos, radians, sin
    return p(''.join(f'M{x + r1 * cos(radians(a)):.0f} {y - r1 * sin(radians(a)):.0f}L{x + r2 * cos(radians(a)):.0f} {y - r2 * sin(radians(a)):.0f}' for a in angles), '', colour, w, True)


def small(x, y, k, **more):
    """A bird whose feet stand at x, y."""
    return g(bird(**more), x - 160, y - 250, 1) if k == 1 else f'<g transform="translate({x - 160 * k:.1f} {y - 250 * k:.1f})scale({k})">' + bird(**more) + '</g>'


STEAM = p('M146 188c-7-8 7-12 0-20M174 188c-7-8 7-12 0-20', '', GREY, 6)
CUP = p('M128 198h64l-6 42h-52z', '#c2e5d1') + p('M131 214h58', '', '#7fb89a', 5)
ONIGIRI = p('M160 158c10 0 16 8 30 34 14 24 12 38-4 38h-52c-16 0-18-14-4-38 14-26 20-34 30-34z', WHITE) + p('M142 200h36v29h-36z', '#2f3a33')
MIKAN = c(160, 208, 32, '#ff9d1e') + p('M160 178q14-18 32-10-8 16-32 10z', GREEN) + dots('#c26a00', (148, 202, 2.5), (164, 214, 2.5), (174, 198, 2.5))
MAGNIFIER = p('M212 172l28 40', '', INK, 16, True) + c(192, 130, 36, PALE, w=8, out=True) + e(192, 132, 16, 20, INK, None) + dots(WHITE, (199, 123, 7))
BEACON = (p('M48 136c-18-10-14-32 6-34-14-16 2-36 20-30-6-20 14-34 30-22', '', '#8a8a8a', 22, True)
          + p('M60 142c20 24 32 38 32 58a32 32 0 0 1-64 0c0-14 10-22 14-34 6 7 10 10 15 10-2-12-2-24 3-34z', '#ff7628', out=True)
          + flat('M60 188c8 10 14 15 14 24a14 14 0 0 1-28 0c0-9 9-14 14-24z', YELLOW) + p('M28 226h64l-10 24H38z', '#4d4d4d', out=True))
CLOCK = c(70, 96, 50, WHITE, w=8, out=True) + p('M70 56v7M70 129v7M30 96h7M103 96h7', '', GREY, 5) + p('M70 70v28l20 14', '', BLUE, 8)
FLAG = p('M282 250V30', '', INK, 9, True) + p('M282 32h-84l18 27-18 27h84z', '#2f62f0', out=True) + p('M254 250h56', '', INK, 9, True)
CLIPBOARD = r(112, 152, 96, 90, WOOD, 8) + r(122, 164, 76, 70, WHITE, 2, None) + r(142, 144, 36, 18, '#bbb', 5, sw=5) + p('M130 184l6 6 10-12M130 210l6 6 10-12', '', GREEN, 6) + p('M158 186h30M158 212h30', '', GREY, 5)
LAPTOP = p('M96 186h128l10 58H86z', '#cfd6df') + dots(BLUE, (160, 214, 9)) + p('M72 246h176', '', '#8b95a3', 12) + p('M72 252h176', '', INK, 5)
PAPER = p('M98 152h124v84H98z', WHITE) + p('M112 170h40M112 186h40M112 202h40M112 218h40', '', GREY, 5) + r(166, 166, 42, 34, SKY, 2, sw=4) + p('M166 218h42', '', GREY, 5)
GLASSES = c(132, 132, 22, 'none', w=6) + c(188, 132, 22, 'none', w=6) + p('M154 130q6-6 12 0')
CAMERA = p('M108 166h24l10-14h36l10 14h24v62H108z', '#454c57') + c(160, 196, 24, PALE) + c(160, 196, 12, BLUE, None) + dots(WHITE, (166, 190, 4), (198, 178, 4))
CARD = r(112, 196, 96, 50, WHITE, 4) + p('M126 214h40M126 230h62', '', GREY, 6) + flat('M190 200' + FLAME, '#ff7628')
CLOUD = p('M216 66c-16 0-22-22-6-28 2-20 30-24 38-10 16-8 34 4 30 20 14 6 10 26-6 26-8 10-24 10-32 0-8 4-18 2-24-8z', WHITE, out=True) + c(222, 90, 8, WHITE, w=5, out=True) + dots(INK, (226, 50, 5.5), (245, 50, 5.5), (264, 50, 5.5))
UMBRELLA = (p('M252 64v144q0 16-15 16t-15-14', '', INK, 7, True)
            + p('M60 92C70 0 250-22 302 72Q278 56 258 74 238 58 214 78 188 62 164 84 138 68 112 90 84 74 60 92z', BLUE, out=True)
            + p('M176 20q-10 30-12 64M182 20q26 22 32 58', '', '#8fa8ff', 4))
RAIN = p('M30 60l-8 22M50 118l-8 22M22 170l-8 22M300 108l-8 22M310 190l-8 22M286 232l-6 16', '', '#4f9be8', 7, True)
SUN = c(160, 132, 94, '#ffe08a', '#f2b100', 7, True) + rays(160, 132, 112, 134, range(0, 181, 30), '#f2a900', 9)
HOUSE = p('M26 116L160 18 294 116', '', INK, 26, True) + p('M26 116L160 18 294 116', '', '#3f8f63', 14) + p('M46 104v142M274 104v142', '', INK, 12, True)
TAP = (p('M40 74v-32M24 40h32', '', INK, 14, True) + p('M10 74h56q26 0 26 30v16H64v-14q0-6-8-6H10z', '#b9c3cf', out=True) + r(58, 118, 40, 14, '#8b95a3', 4, out=True))
BUCKET = p('M104 190h112l-14 56h-84z', '#6db3f2') + p('M104 190h112', '', INK, 8) + p('M112 190q48-58 96 0', '', INK, 5) + p('M110 214h100', '', '#3d86cc', 5)
LANTERN = p('M0-52q0-18 0-18M-22-36q22-40 44 0', '', INK, 6, True) + r(-24, -36, 48, 54, '#fff3b0', 8, out=True) + p('M-24-36h48v12h-48zM-24 8h48v12h-48z', '#4d4d4d', out=True) + flat('M0-20c10 12 12 16 12 22A12 12 0 0 1-12 2c0-6 2-10 12-22z', '#ff9d1e')
OFFICE = (r(30, 70, 176, 178, PALE, 4, out=True) + r(92, 26, 54, 46, PALE, 4, out=True) + c(119, 49, 14, WHITE, w=5) + p('M119 41v8l6 4', '', INK, 4)
          + f'<g fill="#6fa4dc" stroke-width="4">' + ''.join(r(x, y, 24, 26, '', 2, sw=6).replace(' stroke-width="6"', '') for y in (88, 132) for x in (46, 84, 122, 160)) + '</g>' + r(58, 186, 50, 62, '#fff3b0', 2))
VAN = ('M18 222V88q0-18 18-18h176l50 66q42 6 42 36v50z', 'M136 88h68l46 62H136z')
TABLE = p('M28 190h264l14 34H14z', WOOD, out=True) + p('M14 224h292v16H14z', '#a06a34', out=True) + p('M70 200h44l4 14H64zM206 200h44l8 14h-56zM140 200h38l2 14h-42z', WHITE, w=4)
FUTON = r(96, 150, 178, 40, WHITE, 18, out=True) + p('M40 250V196q0-30 40-30h180q40 0 40 30v54z', '#7aa7e8', out=True) + p('M40 204q0-38 40-38h180q40 0 40 38-30 14-60 0t-70 0-70 0-60 0z', WHITE) + dots('#c9ddff', (90, 230, 9), (140, 234, 9), (200, 230, 9), (250, 234, 9))
STRIPES = r(16, 170, 288, 46, YELLOW, 6, out=True) + flat('M40 173h30l-30 40H19v-12zM96 173h32l-30 40H66zM154 173h32l-30 40h-32zM212 173h32l-30 40h-32zM270 173h31v0l-29 40h-32z', INK) + r(16, 170, 288, 46, 'none', 6)
CUSHION = p('M46 222q-10 30 8 28h212q18 2 8-28-114-14-228 0z', '#8e6bbf', out=True) + p('M62 236h196', '', '#c8b1e6', 5)
MUG = p('M284 210q24-2 22 16-2 16-24 14', '', INK, 7, True) + p('M232 202h54v46h-54z', WHITE, out=True) + p('M250 190c-6-8 6-11 0-19M268 190c-6-8 6-11 0-19', '', GREY, 6, True)


def poses(words):
    glyph = lambda s, size, x, y, fill, more='': p(words.path(s, size, x, y), fill, None, more=' transform="scale(.2)"' + more)  # noqa: E731
    return {
        'buji': bird('smile', 160, 160, 'open', hat='tuft', feet='jump', k=.92) + c(40, 60, 24, '', INK, 22, True) + c(40, 60, 24, WHITE, GREEN, 11) + c(280, 60, 24, '', INK, 22, True) + c(280, 60, 24, WHITE, GREEN, 11),
        'daijobu': bubble(214, 14, 82, 84, 'h-34l-22 24 4-24h2', glyph('？', 72, 255, 82, BLUE)) + bird('worry', 28, 66, 'open', dx=-34, tilt=-9, k=.96),
        'ryokai': bird('smile', 28, 202, wrk=.92, wrx=12, dx=4) + badge(50, 64, 36),
        'kakunin': bird('open', 28, 122, bag=False, over=MAGNIFIER, dx=-6) + p('M30 92h0M56 66h0M86 46h0', '', '#2f7fd6', 16, True),
        'taiou': bird('open', -16, -16, 'open', hat='headset', bag=False, feet='', held=LAPTOP, wk=.84, wdy=26),
        'ouen': bird('worry', 150, 24, 'open', dx=32, tilt=4, k=.94) + BEACON,
        'hinan': HOUSE + bird('smile', -34, -34, hat='hood', k=.8, bag=False, wk=.84, wdy=22) + badge(268, 70, 34),
        'tsukodome': bird('firm', -8, 148, 'open', hat='helmet', bag=False, feet='', dy=-30, wk=.95) + STRIPES + cone(44, 238, .9) + cone(276, 238, .9),
        'teiden': r(24, 12, 272, 240, '#27304f', 40, out=True) + c(226, 146, 66, '#ffe28a', None).replace('/>', ' opacity=".35"/>') + c(226, 146, 44, '#ffe28a', None).replace('/>', ' opacity=".5"/>') + bird('worry', 28, 96, k=.84, dx=-32, dy=-4, bag=False) + f'<g transform="translate(232 148)">{LANTERN}</g>' + p('M60 44l14 14M74 44L60 58M104 30l10 10M114 30l-10 10', '', SKY, 5),
        'dansui': TAP + sweat(78, 158, .9) + bird('worry', -46, -46, bag=False, held=BUCKET, dx=44, tilt=0, wk=.86, k=.94),
        'denpa': bird('worry', 28, 164, 'open', dx=6, k=.88, over=g(phone(214, 22, 54, 88, PALE), 0, 0, 1, 12, (238, 70))) + r(12, 74, 18, 22, BLUE, 3, out=True) + r(38, 56, 18, 40, WHITE, 3, out=True) + r(64, 38, 18, 58, WHITE, 3, out=True) + r(90, 20, 18, 76, WHITE, 3, out=True),
        'shuppatsu': p('M8 112h40M0 156h34M10 200h32', '', '#2f7fd6', 9, True) + bird('firm', 78, 58, hat='helmet', feet='run', tilt=11, dx=0, dy=-6, k=.93),
        'idou': g(p(VAN[0], WHITE, out=True) + p(VAN[1], '#cfe6ff') + small(182, 172, .5, beak='open', wl=None, wr=None, bag=False, feet='') + flat('M21 152h250l30 20v48H21z', WHITE) + flat('M21 184h280v36H21z', '#2f62f0') + p(VAN[1]) + p(VAN[0]) + r(38, 88, 78, 62, '#cfe6ff', 6) + p('M136 150v70M148 168h18', '', INK, 5) + c(78, 224, 27, '#333', out=True) + c(78, 224, 11, '#ccc', None) + c(236, 224, 27, '#333', out=True) + c(236, 224, 11, '#ccc', None) + r(290, 178, 14, 18, YELLOW, 3, sw=5) , 20, -16, .88) + p('M8 96h30M2 136h32M10 176h26', '', '#2f7fd6', 8, True),
        'tochaku': FLAG + bird('smile', 28, 126, 'open', hat='helmet', dx=-30),
        'denwakudasai': phone(18, 40, 96, 172, '#dfe9ff', c(66, 124, 32, GREEN, None) + p('M54 111q2 24 25 26', '', WHITE, 8) + p('M55 108v8M76 137h8', '', WHITE, 15)) + p('M8 16l12 12M66 6v14M124 16l-12 12', '', '#e6a700', 8, True) + bird('wink', 96, 22, 'open', dx=42, k=.88),
        'denwashimasu': bird('smile', 28, 214, 'open', dx=-16, over=handset(238, 132, -72, 1.15)) + p('M280 88q14 12 14 30M270 62q36 20 38 62', '', '#2f7fd6', 8, True),
        'shashin': p('M160 20l8 20 20 8-20 8-8 20-8-20-20-8 20-8z', YELLOW, w=5, out=True).replace('<path', '<path transform="translate(98 20)"') + bird('wink', -44, -44, bag=False, held=CAMERA, wk=.88),
        'matte': bird('worry', 28, 150, dx=34, wrk=1.05) + CLOCK,
        'kentou': bird('up', 28, -66, wrk=.84, dx=-30, tilt=-4, k=.96, wdy=14) + CLOUD,
        'shochi': bird('smile', -34, -34, bag=False, held=CLIPBOARD, wk=.86),
        'mimashita': bird('open', -30, -30, bag=False, held=GLASSES + PAPER, wk=.84),
        'kanryo': bird('smile', 92, 22, 'open', dx=40, k=.92, wlk=.92) + r(14, 160, 112, 88, WHITE, 4, out=True) + c(70, 206, 32, '', GREEN, 6) + glyph('済', 42, 70, 221, GREEN) + p('M56 134V112Q50 90 70 88 90 90 84 112v22z', WOOD, out=True) + p('M46 134h48v16H46z', GREEN, out=True),
        'kaigi': bubble(24, 16, 84, 50, 'h-30l-10 18-8-18h-4', dots(BLUE, (46, 41, 6), (66, 41, 6), (86, 41, 6))) + bubble(206, 10, 92, 54, 'h-18l-10 18-10-18h-22', p('M224 28h56M224 46h36', '', GREY, 6)) + small(160, 214, .5, wl=None, wr=None, feet='', bag=False) + small(72, 226, .56, eye='smile', beak='open', wl=None, wr=None, feet='', bag=False) + small(248, 226, .56, eye='left', wl=None, wr=None, feet='', bag=False) + TABLE,
        'koutai': small(84, 250, .68, eye='tired', wl=28, wr=112, bag=False) + small(234, 250, .68, eye='smile', beak='open', wl=112, wr=28, bag=False, hat='helmet') + f'<g transform="translate(-54 -48)">{p("M196 190q17-52 34 0", "", BLUE, 8, True)}{BAG.replace("/>", " h=%s/>" % repr(""), 1)}</g>' + p('M112 66q48-40 96 0M212 44l-2 24-24-4', '', GREEN, 10, True),
        'kicho': OFFICE + small(220, 250, .72, eye='smile', wr=150, beak='open', wl=28),
        'onegai': bird('rest', -112, -112, wk=1.0, wdy=60, bag=False, face=-6) + p('M36 70l18 14M22 112h22M284 70l-18 14M298 112h-22', '', '#e6a700', 8, True),
        'sumimasen': f'<g transform="translate(-8 70)scale(1.05 .74)">{bird("tight", 14, 14, feet="", bag=False, face=34, wdy=30)}</g>' + sweat(68, 116) + sweat(252, 116) + sweat(238, 76, .8) + sweat(84, 76, .8) + p('M16 246h288', '', '#b8701f', 8, True),
        'kiotsukete': RAIN + UMBRELLA + small(158, 250, .86, eye='smile', wl=28, wr=118, bag=True, hat=''),
        'murishinaide': bird('worry', 56, 20, dx=46, k=.94) + small(72, 250, .54, eye='tired', wl=20, wr=20, bag=False) + sweat(26, 120, .8),
        'shokuji': bird('smile', -50, -50, 'open', bag=False, held=g(ONIGIRI, 0, 6), wk=.86, wdy=22),
        'kyukei': CUSHION + f'<g transform="translate(-30 62)scale(1.04 .74)">{bird("rest", 40, 40, feet="", bag=False)}</g>' + MUG,
        'ganbarou': rays(160, 140, 112, 140, (40, 65, 90, 115, 140)) + bird('firm', 34, 172, 'open', hat='hachimaki', wrk=1.05, wrx=8),
        'tasukarimashita': bird('smile', -48, -48, 'open', bag=False, held=heart(160, 206, 1.55), wk=.88, wdy=14, over=sweat(102, 148, .55) + sweat(218, 148, .55)) + heart(40, 76, .8) + heart(282, 60, .6),
        'arigato': bird('rest', -44, -44, tilt=7, bag=False, held=MIKAN, wk=.88) + heart(278, 70, .9),
        'otsukare': r(36, 216, 248, 18, WOOD, 6, out=True) + p('M66 236v16M254 236v16', '', INK, 10, True) + bird('rest', -40, -40, bag=False, feet='', held=CUP + STEAM, wk=.88, dy=-10) + p('M136 224v18M136 242l-12 6M136 242l10 6M184 224v18M184 242l-10 6M184 242l12 6', '', '#b8701f', 7),
        'yoroshiku': bird('smile', -26, -26, bag=False, held=CARD, wk=.84, tilt=0),
        'ohayou': SUN + bird('smile', 152, 152, 'open', k=.86, bag=False),
        'oyasumi': bird('rest', None, None, hat='nightcap', feet='', bag=False, k=.9, dy=-8, dx=22) + FUTON + p('M60 22a46 46 0 1 0 42 70 38 38 0 0 1-42-70z', '#ffe08a', out=True) + glyph('Z', 34, 276, 66, BLUE, ' h=""') + glyph('Z', 46, 298, 40, BLUE, ' h=""'),
    }


def main():
    words = Words(sys.argv[1])
    source = (ROOT / 'features/talk/stickers.ts').read_text()
    listed = dict(re.findall(r"id: '(\w+)', ja: '([^']+)'", source))
    drawn = poses(words)
    if set(listed) != set(drawn):
        sys.exit(f'listed or drawn only: {sorted(set(listed) ^ set(drawn))}')
    OUT.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:] or listed:
        svg = sticker(words, listed[name], drawn[name])
        (OUT / f'{name}.svg').write_text(svg)
        if len(svg.encode()) > 7000:
            print(f'{name}: {len(svg.encode())} bytes, over 7000')


main()
