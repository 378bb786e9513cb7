// Where a difference changes its sign along an axis. Between neighbouring grid points the difference d, and the ends of
// its 95 % interval, d - 1.96 se and d + 1.96 se, are lines; the break-even value is where the first of them is 0, its
// interval reaches to where the other two are. Errors of neighbouring points are as if fully correlated, so that the
// interval is not too narrow, whatever patients they share. An end that is not reached on the grid is open (null).
const z = 1.959964;

const root = (x1, x2, f1, f2) => (f1 === f2 ? x1 : x1 + (x2 - x1) * f1 / (f1 - f2));

// From between points i and i + 1 in `direction` (1 or -1): the first place where the line through `values` is 0.
function nearestRoot(points, values, i, from, direction) {
  for (let k = i; k >= 0 && k + 1 < points.length; k += direction) {
    const [f1, f2] = [values[k], values[k + 1]];
    if (f1 * f2 > 0 || (f1 === 0 && f2 === 0)) continue;
    const x = root(points[k].x, points[k + 1].x, f1, f2);
    if ((x - from) * direction >= 0) return x;
  }
  return null;
}

function crossing(points, i) {
  const [a, b] = [points[i], points[i + 1]];
  const x = root(a.x, b.x, a.d, b.d), falling = a.d > b.d;
  const lows = points.map((one) => one.d - z * one.se), highs = points.map((one) => one.d + z * one.se);
  return { x, falling, low: nearestRoot(points, falling ? lows : highs, i, x, -1), high: nearestRoot(points, falling ? highs : lows, i, x, 1) };
}

// points: [{x, d, se}], x rising, se perhaps null (no patient differs: taken as exact). A point at exactly 0 belongs to
// the stretch that begins with it.
export function breakEvens(given) {
  const points = given.map((one) => ({ ...one, se: one.se ?? 0 }));
  const found = [];
  for (let i = 0; i + 1 < points.length; i++) {
    const [a, b] = [points[i].d, points[i + 1].d];
    const before = i > 0 ? points[i - 1].d : 0;
    if (a * b < 0 || (a === 0 && before * b < 0)) found.push(crossing(points, i));
  }
  return found;
}
