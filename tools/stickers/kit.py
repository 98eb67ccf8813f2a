"""The parts こま is put together from, and the writing of one sticker.

Every part is a string of SVG inside a 320 × 320 square. What is not said is
inherited from the root: ink line of 6, round ends, no fill. A part marked
with the attribute `h` belongs to the outline of the drawing: `sticker()` lays
a white copy of it under the drawing, a little wider, so that the sticker is
cut out like paper and reads on a light and on a dark ground alike.
"""
import re
import xml.etree.ElementTree as ET

from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTCollection

INK, ORANGE, RUST, CREAM = '#1a1a1a', '#f58a3c', '#a84c16', '#fbf8f2'
BLUE, YELLOW, GREEN, SKY = '#0017c1', '#ffd43d', '#197a4b', '#8fc3f5'
GREY, PALE, WHITE, PINK, WOOD = '#767676', '#e8eef6', '#fff', '#ff8fa8', '#c98a4b'


# shapes ------------------------------------------------------------------
def _a(fill, line, w, out, more=''):
    s = f' fill="{fill}"' if fill else ''
    s += ' stroke="none"' if line is None else f' stroke="{line}"' if line != INK else ''
    s += f' stroke-width="{w}"' if w != 6 and line is not None else ''
    return s + (' h=""' if out else '') + more


def p(d, fill='', line=INK, w=6, out=False, more=''):
    return f'<path d="{d}"{_a(fill, line, w, out, more)}/>'


def c(x, y, r, fill='', line=INK, w=6, out=False):
    return f'<circle cx="{x}" cy="{y}" r="{r}"{_a(fill, line, w, out)}/>'


def e(x, y, rx, ry, fill='', line=INK, w=6, out=False):
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}"{_a(fill, line, w, out)}/>'


def r(x, y, w, h, fill='', rx=6, line=INK, sw=6, out=False):
    return f'<rect x="{x}" y="{y}" width="{w}" height="{h}"' + (f' rx="{rx}"' if rx else '') + f'{_a(fill, line, sw, out)}/>'


def flat(d, fill):
    return p(d, fill, None)


def dots(colour, *xyr):
    return f'<g fill="{colour}" stroke="none">' + ''.join(f'<circle cx="{x}" cy="{y}" r="{k}"/>' for x, y, k in xyr) + '</g>'


def g(inner, dx=0, dy=0, k=1, rot=0, about=(160, 160), flip=False):
    t = f'translate({dx} {dy})' if dx or dy else ''
    t += f'rotate({rot} {about[0]} {about[1]})' if rot else ''
    if k != 1:
        x, y = about
        t += f'translate({x * (1 - k):.1f} {y * (1 - k):.1f})scale({k})'
    if flip:
        t += 'matrix(-1 0 0 1 320 0)'
    return f'<g transform="{t}">{inner}</g>' if t else f'<g>{inner}</g>'


# the bird ----------------------------------------------------------------
EGG = 'M160 70C214 70 246 108 246 154S208 228 160 228 74 202 74 154 106 70 160 70z'
TUFT = p('M153 74c-3-17-14-24-24-22 7 5 9 13 10 22M161 72c-1-20 7-29 20-30-6 9-8 17-5 30', ORANGE, out=True)
HELMET = (p('M88 108C88 68 120 50 160 50s72 18 72 58z', YELLOW, out=True) + p('M146 53v34M174 53v34', '', '#b58900', 5)
          + p('M76 108h168', '', INK, 13, True))
HEADSET = (p('M82 134C74 44 246 44 238 134', '', INK, 9, True) + r(66, 118, 28, 42, BLUE, 12, out=True) + r(226, 118, 28, 42, BLUE, 12, out=True)
           + p('M80 158c2 12 16 18 34 17', '', INK, 6) + e(122, 174, 10, 6, INK))
HACHIMAKI = p('M80 118C84 106 88 98 94 92Q160 78 226 92C232 98 236 106 240 118Q160 100 80 118z', WHITE, out=True) + c(160, 97, 9, ORANGE, None)
NIGHTCAP = (p('M94 98C110 40 196 22 240 66c18 18 24 40 20 62L226 98z', SKY, out=True) + p('M94 98Q160 70 226 98', '', INK, 24, True)
            + p('M94 98Q160 70 226 98', '', WHITE, 13) + c(260, 132, 14, WHITE, out=True))
HOOD = p('M160 46C222 46 262 92 258 160c-2 22-12 36-26 42C246 140 226 96 160 96S74 140 88 202c-14-6-24-20-26-42C58 92 98 46 160 46z', '#d9dee6', out=True)
HATS = {'tuft': TUFT, 'helmet': HELMET, 'headset': TUFT + HEADSET, 'hachimaki': TUFT + HACHIMAKI, 'hood': HOOD, 'nightcap': NIGHTCAP, '': ''}
EYES = {
    'open': e(132, 132, 8, 10, INK, None) + e(188, 132, 8, 10, INK, None) + dots(WHITE, (135, 128, 3), (191, 128, 3)),
    'up': e(132, 128, 8, 10, INK, None) + e(188, 128, 8, 10, INK, None) + dots(WHITE, (136, 122, 3.5), (192, 122, 3.5)),
    'left': e(127, 133, 8, 10, INK, None) + e(180, 133, 8, 10, INK, None) + dots(WHITE, (123, 129, 3), (176, 129, 3)),
    'smile': p('M121 136q11-14 22 0M177 136q11-14 22 0'),
    'rest': p('M121 130q11 11 22 0M177 130q11 11 22 0'),
    'tight': p('M122 124l18 9-18 9M198 124l-18 9 18 9'),
    'wink': p('M177 136q11-14 22 0') + e(132, 132, 8, 10, INK, None) + dots(WHITE, (135, 128, 3)),
    'tired': p('M121 128h22M177 128h22') + p('M125 131a7 7 0 0 0 14 0zM181 131a7 7 0 0 0 14 0z', INK, None),
}
EYES['worry'] = EYES['open'] + p('M119 116l18-9M201 116l-18-9', '', INK, 5)
EYES['firm'] = EYES['open'] + p('M119 110l20 7M201 110l-20 7', '', INK, 5)
BEAKS = {'shut': p('M146 147q14-9 28 0l-14 15z', YELLOW), 'open': p('M145 154q15 26 30 0z', RUST) + p('M143 150q17-16 34 0-17 9-34 0z', YELLOW), '': ''}
FEET = {
    'stand': 'M134 224v20M134 244l-13 6M134 244l11 6M186 224v20M186 244l-11 6M186 244l13 6',
    'run': 'M128 222l-22 14M106 236l-13-5M106 236l-6 12M188 226l14 18M202 244l15-2M202 244l4 10',
    'jump': 'M134 224l-6 16M128 240l-12 0M128 240l4 10M186 224l6 16M192 240l12 0M192 240l-4 10',
    '': '',
}
CHEEKS = '<g fill="#e0602a" stroke="none" opacity=".5"><ellipse cx="110" cy="154" rx="12" ry="8"/><ellipse cx="210" cy="154" rx="12" ry="8"/></g>'
FLAME = 'c5 6 8 9 8 14a8 8 0 0 1-16 0c0-4 3-5 4-8 2 2 3 3 4 3z'
BAG = r(190, 184, 46, 38, BLUE, 7) + flat('M213 193' + FLAME, WHITE)
STRAP = p('M78 142Q112 194 214 208', '', BLUE, 11)
WING = 'M0-10C25-12 36 24 19 48c3 9-5 16-11 13-3 8-13 8-16 0-7 3-14-4-11-13C-36 24-25-12 0-10z'


def wing(side, a, k=1.0, dx=0, dy=0):
    """A wing from its shoulder. 0 hangs, 90 points outward, 180 up, −40 before the belly."""
    x, y = (84 if side == 'L' else 236) + dx, 148 + dy
    t = f'translate({x} {y})' + ('' if side == 'L' else 'scale(-1 1)') + f'rotate({a})' + (f'scale({k})' if k != 1 else '')
    return f'<g transform="{t}">' + p(WING, RUST, more=" h='{ellipse cy=&quot;26&quot; rx=&quot;28&quot; ry=&quot;39&quot;}'") + p('M-8 32v14M8 32v14', '', '#7a3410', 4) + '</g>'


def bird(eye='open', wl=28, wr=28, beak='shut', hat='tuft', feet='stand', bag=True, held='', over='', under='', face=0,
         tilt=0, dx=0, dy=0, k=1.0, flip=False, wk=1.0, wlk=None, wrk=None, wdy=0, wrx=0):
    """こま. `under` stands behind the bird, `held` before the belly, `over` before the wings."""
    wings = (wing('L', wl, wlk or wk, 0, wdy) if wl is not None else '') + (wing('R', wr, wrk or wk, wrx, wdy) if wr is not None else '')
    look = g(CHEEKS + EYES[eye] + BEAKS[beak], 0, face)
    body = (under + (p(FEET[feet], '', '#b8701f', 7, True) if feet else '') + (HATS['tuft'] if hat in ('tuft', 'headset', 'hachimaki') else '')
            + p(EGG, CREAM, None, out=True)
            + flat('M75 167L74 154C74 108 106 70 160 70S246 108 246 154L245 167C224 189 196 196 160 196S96 189 75 167z', ORANGE)
            + p('M77 170C97 190 126 197 160 197S223 190 243 170', '', RUST, 9)
            + (STRAP if bag else '') + p(EGG) + (BAG if bag else '') + look + HATS[hat].replace(TUFT, '') + held + wings + over)
    return g(body, dx, dy, k, tilt, (160, 250), flip)


# words and output --------------------------------------------------------
class Relative(BasePen):
    """Writes a glyph with relative commands in whole numbers, fifths of a unit, the shortest way."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.out, self.at = [], (0, 0)

    def _to(self, letter, *points):
        pts = [(round(x * 5), round(y * 5)) for x, y in points]
        x0, y0 = self.at
        if letter == 'l':
            dx, dy = pts[0][0] - x0, pts[0][1] - y0
            if dx or dy:
                self.out.append(('v', [dy]) if not dx else ('h', [dx]) if not dy else ('l', [dx, dy]))
        elif letter == 'M':
            self.out.append(('M', list(pts[0])))
        else:
            self.out.append(('c', [v for x, y in pts for v in (x - x0, y - y0)]))
        self.at = pts[-1]

    def _moveTo(self, pt): self._to('M', pt)
    def _lineTo(self, pt): self._to('l', pt)
    def _curveToOne(self, a, b, d): self._to('c', a, b, d)
    def _closePath(self): self.out.append(('z', []))

    def d(self):
        s, last = '', ''
        for letter, numbers in self.out:
            if letter != last or letter == 'M':
                s += letter
            first = letter != last or letter == 'M'
            last = letter
            for v in numbers:
                n = str(v)
                s += n if first or n[0] == '-' else ' ' + n
                first = False
        return s


class Words:
    def __init__(self, path):
        self.font = next(f for f in TTCollection(path).fonts if f['name'].getDebugName(1) == 'Noto Sans CJK JP')
        self.glyphs, self.map = self.font.getGlyphSet(), self.font.getBestCmap()

    def path(self, text, size, x, y):
        """The word as one outline, its middle at x, its line at y."""
        k = size / 1000
        x -= sum(self.glyphs[self.map[ord(ch)]].width for ch in text) * k / 2
        pen = Relative(self.glyphs)
        for ch in text:
            glyph = self.glyphs[self.map[ord(ch)]]
            glyph.draw(TransformPen(pen, (k, 0, 0, -k, x, y)))
            x += glyph.width * k
        return pen.d()


def _halo(node):
    """The outline parts of a drawing, keeping their places, without colour."""
    if node.tag != 'g':
        if 'h' not in node.attrib:
            return None
        if node.get('h'):
            return ET.fromstring(node.get('h').replace('{', '<').replace('}', '/>'))
        copy = ET.Element(node.tag, {k: v for k, v in node.attrib.items() if k not in ('h', 'fill', 'stroke', 'stroke-width', 'opacity')})
        if node.get('stroke-width') and node.get('stroke') != 'none':
            copy.set('stroke-width', f'{float(node.get("stroke-width")) + 10:g}')
        if node.tag == 'path' and not node.get('fill'):
            copy.set('fill', 'none')
        return copy
    copy = ET.Element('g', {k: v for k, v in node.attrib.items() if k == 'transform'})
    for child in node:
        part = _halo(child)
        if part is not None:
            copy.append(part)
    return copy if len(copy) else None


def _write(node):
    s = re.sub(r' h="[^"]*"', '', ET.tostring(node, encoding='unicode').replace(' />', '/>'))
    while True:  # groups that say nothing
        t = re.sub(r'<g>((?:(?!</?g[ >]).)*)</g>', r'\1', s)
        if t == s:
            break
        s = t
    s = re.sub(r'(?<![\d.])0(\.\d)', r'\1', s)
    return s


def sticker(words, title, drawing):
    art = ET.fromstring(f'<g>{drawing}</g>')
    halo = _halo(art)
    halo.set('fill', WHITE)
    halo.set('stroke', WHITE)
    halo.set('stroke-width', '16')
    size = min(44, 304 / len(title))
    word = words.path(title, size, 160, 303 if size > 36 else 300)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 320" role="img" aria-label="{title}"><title>{title}</title>'
            f'<g fill="none" stroke="{INK}" stroke-width="6" stroke-linecap="round" stroke-linejoin="round">{_write(halo)}{_write(art)}'
            f'<path transform="scale(.2)" d="{word}" fill="{INK}" stroke="#fff" stroke-width="50" paint-order="stroke"/></g></svg>\n')
