"""Draws the demo pictures: `python3 tools/photos/draw.py`.

Each module here draws one scene as SVG, kept beside it; Chromium renders it,
Pillow makes the JPEG in apps/server/demo/photos/, and exiftool writes a time
and a place into it, as a telephone would. The product must take these out of
what it stores, and the demo shows that it does. They are drawings and say so.
"""
import importlib
import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

HERE = pathlib.Path(__file__).parent
OUT = HERE.parents[1] / 'apps/server/demo/photos'
LIMIT = 180_000
PICTURES = {
    'flood': ('07:42:18', 33.3727, 132.6332, 'Flooded street, Nomura'),
    'landslide': ('10:05:51', 33.2861, 132.5297, 'Landslide over a road, Yoshida'),
    'shelter': ('15:21:07', 33.3771, 132.6359, 'School gymnasium as a shelter'),
    'water': ('16:34:40', 33.2757, 132.5401, 'Water tank truck and queue'),
}


def render(svg, png):
    subprocess.run(['chromium', '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
                    '--hide-scrollbars', '--window-size=1280,960', f'--screenshot={png}', svg.resolve().as_uri()], check=True, capture_output=True)


OUT.mkdir(parents=True, exist_ok=True)
for name in sys.argv[1:] or PICTURES:
    time, north, east, words = PICTURES[name]
    svg, jpg = HERE / f'{name}.svg', OUT / f'{name}.jpg'
    svg.write_text(importlib.import_module(name).build())
    with tempfile.TemporaryDirectory() as room:
        png = pathlib.Path(room) / 'picture.png'
        render(svg, png)
        picture = Image.open(png).convert('RGB')
    for quality in range(88, 40, -2):
        picture.save(jpg, quality=quality, optimize=True, progressive=True)
        if jpg.stat().st_size < LIMIT - 2_000:
            break
    subprocess.run(['exiftool', '-q', '-overwrite_original', f'-AllDates=2018:07:07 {time}', '-OffsetTimeOriginal=+09:00', '-Make=Demo', '-Model=Drawn, not photographed',
                    f'-GPSLatitude={north}', '-GPSLatitudeRef=N', f'-GPSLongitude={east}', '-GPSLongitudeRef=E', '-GPSMapDatum=WGS-84', f'-ImageDescription={words} (drawing)', str(jpg)], check=True)
    print(name, quality, jpg.stat().st_size)
