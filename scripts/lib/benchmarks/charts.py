"""Bars as SVG, by hand: no library is needed to look at the figures."""
from html import escape

COLOURS = ("#3b6ea5", "#d98c3f", "#7a9a4d")
WIDTH, LEFT, RIGHT, BAR, GAP, TOP = 860, 260, 90, 16, 7, 58


def number(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def bars(path, title, unit, rows, series=()):
    """rows: (label, values that add up to the bar); series: what the parts are."""
    rows = [(label, values) for label, values in rows if all(value is not None for value in values)]
    if not rows:
        return
    longest = max(sum(values) for _, values in rows) or 1
    height = TOP + len(rows) * (BAR + GAP) + 14
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
             'font-family="DejaVu Sans, Helvetica, Arial, sans-serif" font-size="12">',
             f'<title>{escape(title)}</title><rect width="{WIDTH}" height="{height}" fill="white"/>',
             f'<text x="12" y="22" font-size="15" font-weight="bold">{escape(title)}</text>']
    at = 12
    for name, colour in zip(series, COLOURS):
        parts.append(f'<rect x="{at}" y="33" width="12" height="12" fill="{colour}"/>'
                     f'<text x="{at + 17}" y="43">{escape(name)}</text>')
        at += 40 + 7 * len(name)
    y = TOP
    for label, values in rows:
        middle = y + BAR - 4
        parts.append(f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>')
        x = float(LEFT)
        for value, colour in zip(values, COLOURS):
            long = (WIDTH - LEFT - RIGHT) * value / longest
            parts.append(f'<rect x="{x:.1f}" y="{y}" width="{long:.1f}" height="{BAR}" fill="{colour}"/>')
            x += long
        parts.append(f'<text x="{x + 6:.1f}" y="{middle}">{number(sum(values))} {escape(unit)}</text>')
        y += BAR + GAP
    path.write_text("\n".join(parts) + "\n</svg>\n", encoding="utf-8")


def draw(folder, table):
    """All charts of a table into a folder; returns their names."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {row["key"]: row for row in table.rows}
    begins = lambda text: [row for key, row in rows.items() if key.startswith(text)]
    value = lambda key: rows[key]["value"] if key in rows else None

    draws = sorted(begins("draws."), key=lambda row: row["value"])
    bars(folder / "draws.svg", "Time of a draw, by distribution", "ns", [(row["what"], [row["value"]]) for row in draws])
    workloads = dict.fromkeys(key.split(".")[1] for key in rows if key.startswith("events."))
    # The part of the outcomes as measured by itself.
    bars(folder / "events.svg", "Time of an event, one thread", "ns",
         [(name, [value(f"events.{name}.simulation"), value(f"events.{name}.outcomes")]) for name in workloads],
         ("simulation", "outcomes"))
    speeds = [row for row in begins("threads.") if row["unit"] == "/s"]
    bars(folder / "threads.svg", "The flagship: lives a second", "/s", [(row["what"], [row["value"]]) for row in speeds])
    hows = [key.split(".")[1] for key in rows if key.startswith("storing.") and key.endswith(".size")]
    bars(folder / "storing_size.svg", "Trajectories: bytes an event", "B",
         [(f"--compress {how}", [value(f"storing.{how}.size")]) for how in hows])
    bars(folder / "storing_speed.svg", "Trajectories: written, one thread", "MB/s",
         [(f"--compress {how}", [value(f"storing.{how}.speed")]) for how in hows])
    bars(folder / "memory.svg", "Peak memory of the flagship", "MB",
         [(f"{int(key.split('.')[2]):,} patients, {key.split('.')[1]}", [row["value"]]) for key, row in rows.items()
          if key.startswith("memory.")])
    bars(folder / "peers.svg", "How many times as long as sojourn, one thread", "times",
         [(row["what"], [row["value"]]) for row in begins("peers.") if row["key"].endswith(".ratio")])
    return sorted(path.name for path in folder.glob("*.svg"))
