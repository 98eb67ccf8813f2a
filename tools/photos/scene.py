"""A pinhole camera and the things a demo picture is made of, written as SVG of 1280 × 960.

Metres in, pixels out: X to the right, Y up, Z away from the camera.
"""
import math
import random

W, H = 1280, 960


def n(v):
    return f'{v:.1f}'.rstrip('0').rstrip('.')


def path(points, fill, more=''):
    return f'<path d="M{"L".join(f"{n(x)} {n(y)}" for x, y in points)}z" fill="{fill}"{" " + more if more else ""}/>'


def line(points, colour, w, more=''):
    return f'<path d="M{"L".join(f"{n(x)} {n(y)}" for x, y in points)}" fill="none" stroke="{colour}" stroke-width="{n(w)}"{" " + more if more else ""}/>'


def ellipse(x, y, rx, ry, fill, more=''):
    return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(rx)}" ry="{n(ry)}" fill="{fill}" {more}/>'


def mix(a, b, t):
    f = lambda s: [int(s[i:i + 2], 16) for i in (1, 3, 5)]  # noqa: E731
    return '#' + ''.join(f'{round(x + (y - x) * t):02x}' for x, y in zip(f(a), f(b)))


class Camera:
    def __init__(self, eye=1.7, f=1000, cx=640, cy=400, haze='#b9c0c2', far=90):
        self.eye, self.f, self.cx, self.cy, self.haze, self.far = eye, f, cx, cy, haze, far

    def at(self, x, y, z):
        z = max(z, .8)
        return self.cx + self.f * x / z, self.cy - self.f * (y - self.eye) / z

    def px(self, z):
        return self.f / z

    def air(self, colour, z):
        """The colour after the air between."""
        return mix(colour, self.haze, min(.85, 1 - math.exp(-z / self.far)))

    def quad(self, points, fill, more='', z=None):
        z = z if z is not None else sum(p[2] for p in points) / len(points)
        return path([self.at(*p) for p in points], self.air(fill, z) if fill[0] == '#' else fill, more)

    def put(self, x, y, z, inner):
        """A flat figure drawn in metres, Y down, standing at a place."""
        sx, sy = self.at(x, y, z)
        return f'<g transform="translate({n(sx)} {n(sy)})scale({n(self.px(z))})">{inner}</g>'

    def box(self, x0, x1, y0, y1, z0, z1, front, side, top):
        out = []
        if y1 < self.eye:
            out.append(self.quad([(x0, y1, z0), (x1, y1, z0), (x1, y1, z1), (x0, y1, z1)], top))
        if x0 > 0:
            out.append(self.quad([(x0, y0, z0), (x0, y1, z0), (x0, y1, z1), (x0, y0, z1)], side))
        if x1 < 0:
            out.append(self.quad([(x1, y0, z0), (x1, y1, z0), (x1, y1, z1), (x1, y0, z1)], side))
        out.append(self.quad([(x0, y0, z0), (x1, y0, z0), (x1, y1, z0), (x0, y1, z0)], front))
        return ''.join(out)


def person(cam, x, z, shirt='#5b7fa6', pants='#39424f', hair='#2a211d', pose='stand', back=False, y=0.0, tall=1.0, vest=None, hat=None, prop='', flip=False):
    skin = cam.air('#d9a884', z)
    s, t, h = cam.air(shirt, z), cam.air(pants, z), cam.air(hair, z)
    dark = 'fill="#000" opacity=".16"'
    head = lambda cy: (f'<rect x="-.05" y="{cy + .07:.2f}" width=".1" height=".12" fill="{mix(skin, "#7a4a30", .3)}"/><ellipse cy="{cy:.2f}" rx=".098" ry=".125" fill="{h if back else skin}"/>'  # noqa: E731
                       + ('' if back else f'<path d="M-.1 {cy:.2f}C-.12 {cy - .2:.2f} .12 {cy - .2:.2f} .1 {cy:.2f}C.07 {cy - .07:.2f}-.07 {cy - .07:.2f}-.1 {cy:.2f}z" fill="{h}"/>')
                       + (f'<path d="M-.125 {cy - .02:.2f}C-.13 {cy - .2:.2f} .13 {cy - .2:.2f} .125 {cy - .02:.2f}z" fill="{cam.air(hat, z)}"/>' if hat else ''))
    v = f'<path d="M-.17-1.40L-.06-1.42 0-1.3 .06-1.42 .17-1.40 .18-.9H-.18z" fill="{cam.air(vest, z)}"/><path d="M-.18-1.08H.18v.05H-.18z" fill="#f4f0c0"/>' if vest else ''
    if pose == 'stand':
        body = (f'<path d="M-.17-.86L-.15-.05-.2 0H-.03L-.01-.7.02 0H.2L.15-.05 .17-.86z" fill="{t}"/><path d="M0-.86h.17L.15-.05.2 0H.02L0-.7z" {dark}/>'
                f'<path d="M-.2-1.38C-.28-1.35-.29-1.1-.28-.75L-.2-.74-.17-1.1-.18-.8H.18L.17-1.1 .2-.74 .28-.75C.29-1.1 .28-1.35 .2-1.38L.06-1.43H-.06z" fill="{s}"/>'
                f'<circle cx="-.24" cy="-.72" r=".045" fill="{skin}"/><circle cx=".24" cy="-.72" r=".045" fill="{skin}"/>{v}<path d="M.05-1.43L.2-1.38C.28-1.35 .29-1.1 .28-.75L.2-.74 .17-1.1 .18-.8H.05z" {dark}/>' + head(-1.56))
    elif pose == 'sit':
        body = (f'<path d="M-.2-.5L-.22-.42-.19 0H-.06L-.05-.36H.05L.06 0H.19L.22-.42 .2-.5z" fill="{t}"/>'
                f'<path d="M-.2-1.0C-.28-.97-.29-.75-.22-.48L-.1-.42H.1L.22-.48C.29-.75 .28-.97 .2-1.0L.06-1.05H-.06z" fill="{s}"/><path d="M.05-1.05L.2-1.0C.28-.97 .29-.75 .22-.48L.05-.43z" {dark}/>'
                f'<ellipse cy="-.47" rx=".1" ry=".045" fill="{skin}"/>' + head(-1.18))
    else:  # crouch
        body = (f'<path d="M-.24-.42L-.26 0H-.08L0-.3 .08 0H.26L.24-.42z" fill="{t}"/><path d="M-.2-.86C-.3-.8-.3-.55-.24-.36H.24C.3-.55 .3-.8 .2-.86L.06-.92H-.06z" fill="{s}"/>' + head(-1.02))
    shade = '<ellipse rx=".42" ry=".07" fill="#000" opacity=".28"/>'
    return cam.put(x, y, z, f'{shade}<g transform="scale({"-" if flip else ""}{tall} {tall})">{prop}{body}</g>')


FILTERS = '''
<filter id="b1" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="1.2"/></filter>
<filter id="b4" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="4"/></filter>
<filter id="b14" x="-40%" y="-40%" width="180%" height="180%"><feGaussianBlur stdDeviation="14"/></filter>
<filter id="b40" x="-60%" y="-60%" width="220%" height="220%"><feGaussianBlur stdDeviation="40"/></filter>
<filter id="forest" x="-5%" y="-10%" width="110%" height="120%"><feTurbulence type="fractalNoise" baseFrequency=".07 .09" numOctaves="4" seed="4" result="t"/><feDisplacementMap in="SourceGraphic" in2="t" scale="26" xChannelSelector="R" yChannelSelector="G" result="d"/><feDiffuseLighting in="t" surfaceScale="10" diffuseConstant="1.1" lighting-color="#fff" result="l"><feDistantLight azimuth="235" elevation="48"/></feDiffuseLighting><feComposite in="l" in2="d" operator="arithmetic" k1="1.15" k2="0" k3=".08" k4="0"/><feComposite in2="d" operator="in"/></filter>
<filter id="farforest" x="-5%" y="-10%" width="110%" height="120%"><feTurbulence type="fractalNoise" baseFrequency=".11 .14" numOctaves="3" seed="9" result="t"/><feDisplacementMap in="SourceGraphic" in2="t" scale="12" xChannelSelector="R" yChannelSelector="G" result="d"/><feDiffuseLighting in="t" surfaceScale="4" diffuseConstant="1.1" lighting-color="#fff" result="l"><feDistantLight azimuth="235" elevation="55"/></feDiffuseLighting><feComposite in="l" in2="d" operator="arithmetic" k1=".75" k2="0" k3=".35" k4="0"/><feComposite in2="d" operator="in"/></filter>
<filter id="mud" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency=".018 .03" numOctaves="5" seed="21" result="t"/><feDisplacementMap in="SourceGraphic" in2="t" scale="30" xChannelSelector="R" yChannelSelector="G" result="d"/><feDiffuseLighting in="t" surfaceScale="22" diffuseConstant="1.1" lighting-color="#fff4e4" result="l"><feDistantLight azimuth="225" elevation="45"/></feDiffuseLighting><feComposite in="l" in2="d" operator="arithmetic" k1="1.1" k2="0" k3=".12" k4="0"/><feComposite in2="d" operator="in"/></filter>
<filter id="rough" x="-3%" y="-3%" width="106%" height="106%"><feTurbulence type="fractalNoise" baseFrequency=".25" numOctaves="3" seed="3" result="t"/><feDiffuseLighting in="t" surfaceScale="1.6" diffuseConstant="1.1" lighting-color="#fff" result="l"><feDistantLight azimuth="225" elevation="60"/></feDiffuseLighting><feComposite in="l" in2="SourceGraphic" operator="arithmetic" k1=".9" k2="0" k3=".15" k4="0"/><feComposite in2="SourceGraphic" operator="in"/></filter>
<filter id="wobble" x="-5%" y="-5%" width="110%" height="110%"><feTurbulence type="fractalNoise" baseFrequency=".006 .05" numOctaves="3" seed="8" result="t"/><feDisplacementMap in="SourceGraphic" in2="t" scale="34" xChannelSelector="R" yChannelSelector="G"/><feGaussianBlur stdDeviation="2.2 4"/></filter>
<filter id="edge" x="-2%" y="-2%" width="104%" height="104%"><feTurbulence type="fractalNoise" baseFrequency=".05" numOctaves="2" seed="5" result="t"/><feDisplacementMap in="SourceGraphic" in2="t" scale="3" xChannelSelector="R" yChannelSelector="G"/></filter>
<filter id="grain" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".55" numOctaves="2" seed="12"/><feColorMatrix values="0 0 0 0 .5  0 0 0 0 .5  0 0 0 0 .5  .9 .9 0 0 -.72"/></filter>
<filter id="clouds" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency=".0022 .006" numOctaves="5" seed="31"/><feColorMatrix values="0 0 0 0 .96  0 0 0 0 .97  0 0 0 0 .98  1.9 1.2 0 0 -1.15"/></filter>
<radialGradient id="vignette" cx=".5" cy=".48" r=".75"><stop offset=".55" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".42"/></radialGradient>
'''


def gradient(name, *stops, x2=0, y2=1):
    return f'<linearGradient id="{name}" x1="0" y1="0" x2="{x2}" y2="{y2}">' + ''.join(f'<stop offset="{o}" stop-color="{c}"' + (f' stop-opacity="{a[0]}"' if a else '') + '/>' for o, c, *a in stops) + '</linearGradient>'


def ripples(name, fx, fy, seed, colour='#e9d9bd', azimuth=250, scale=5):
    """A filter that lights running water; for strips that grow towards the camera."""
    return (f'<filter id="{name}" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="{fx} {fy}" numOctaves="4" seed="{seed}"/>'
            f'<feSpecularLighting surfaceScale="{scale}" specularConstant=".9" specularExponent="14" lighting-color="{colour}" result="s"><feDistantLight azimuth="{azimuth}" elevation="38"/></feSpecularLighting><feComposite in="s" in2="SourceAlpha" operator="in"/></filter>')


def rain(rng, count, slant=-.16, strong=.34):
    out = []
    for _ in range(count):
        near = rng.random() ** 2.5
        x, y, length = rng.uniform(-60, W + 120), rng.uniform(-80, H), 18 + 95 * near
        out.append(f'<path d="M{n(x)} {n(y)}l{n(slant * length)} {n(length)}" stroke-width="{n(.7 + 1.7 * near)}" opacity="{strong * (.4 + .6 * rng.random()):.2f}"/>')
    return f'<g stroke="#eef3f5" stroke-linecap="round" filter="url(#soft)">{"".join(out)}</g>'


def finish(title, defs, body, vignette=True):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {W} {H}" width="{W}" height="{H}"><title>{title}</title><defs>{FILTERS}'
            f'<filter id="soft"><feGaussianBlur stdDeviation=".55"/></filter>{defs}</defs><g filter="url(#soft)">{body}</g>'
            + (f'<path d="M0 0h{W}v{H}H0z" fill="url(#vignette)"/>' if vignette else '')
            + f'<path d="M0 0h{W}v{H}H0z" filter="url(#grain)" opacity=".13"/></svg>\n')
