"""The table of a run: a row a quantity, with the bound it is held to, if any."""
import statistics


class Table:
    """`judge`: whether bounds are looked at. Rows have a key by which other runs, charts and tests find them."""

    def __init__(self, judge=True):
        self.rows, self.left_out, self.judge = [], [], judge

    def heading(self, text):
        print(f"\n{text}", flush=True)

    def add(self, key, what, values, unit="", best=min, **how):
        self.put(key, what, best(values), values, unit, **how)

    def leave_out(self, key, why):
        self.left_out.append({"key": key, "why": why})
        print(why, flush=True)

    def ratio(self, key, what, above, below, **how):
        """Of the shortest of each; beside it the ratios round by round."""
        self.put(key, what, min(above) / min(below), [a / b for a, b in zip(above, below)], kind="ratio", **how)

    def put(self, key, what, value, values, unit="", at_most=None, at_least=None, digits=2, kind="figure"):
        met = (at_most is None or value <= at_most) and (at_least is None or value >= at_least)
        self.rows.append({"key": key, "what": what.strip(), "value": value, "unit": unit, "kind": kind,
                          "lowest": min(values), "highest": max(values), "middle": statistics.median(values),
                          "at_most": at_most, "at_least": at_least, "met": met})
        bound = f"at most {at_most:g}" if at_most is not None else f"at least {at_least:g}" if at_least is not None else ""
        verdict = "" if not bound else "not judged" if not self.judge else "ok" if met else "MISSED"
        spread = f"{min(values):.{digits}f} to {max(values):.{digits}f}" if len(values) > 1 else ""
        print(f"{what:<66} {value:>10.{digits}f} {unit:<5} {spread:>20}  {bound:<13} {verdict}".rstrip(), flush=True)

    def value(self, key):
        return next((row["value"] for row in self.rows if row["key"] == key), None)

    @property
    def met(self):
        return not self.judge or all(row["met"] for row in self.rows)
