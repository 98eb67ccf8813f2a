"""Writes a page that shows all stickers on light and dark, large and small: `sheet.py > sheet.html`."""
import pathlib
import re

ROOT = pathlib.Path(__file__).parents[2]
ids = re.findall(r"id: '(\w+)'", (ROOT / 'features/talk/stickers.ts').read_text())
print('<meta charset="utf-8"><body style="margin:0;font:0/0 sans-serif;width:1120px">')
for ground, size in (('#fff', 136), ('#1a1a1a', 136), ('#d9e6ff', 48), ('#00316a', 48)):
    pictures = ''.join(f'<img src="{ROOT}/apps/web/public/stickers/{i}.svg" width="{size}" height="{size}" style="margin:2px">' for i in ids)
    print(f'<div style="background:{ground}">{pictures}</div>')
