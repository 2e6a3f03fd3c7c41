/** DynamoDB's JSON as plain data: `{"subject":{"S":"member/1"}}` → `{subject: 'member/1'}`. */
export function plain(item) {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)]));
}

function plainValue(value) {
  const [[type, content]] = Object.entries(value);
  if (type === 'M') return plain(content);
  if (type === 'L') return content.map(plainValue);
  if (type === 'N') return Number(content);
  if (type === 'NULL') return null;
  return content;
}

/** Every leaf with the path to it: `[['scopes', 'pages', 'holds', 'W-1'], '2026-…']`. Empty maps are leaves too. */
export function leaves(value, path = []) {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  const entries = isMap ? Object.entries(value) : [];
  if (entries.length === 0) return [[path, value]];
  return entries.flatMap(([name, inner]) => leaves(inner, [...path, name]));
}

/** What is in `after` and was not, or was otherwise, in `before`. */
export function differences(before, after) {
  const text = ([path, value]) => [path.join(' › '), JSON.stringify(value)];
  const was = new Map(before ? leaves(before).map(text) : []);
  const is = new Map(after ? leaves(after).map(text) : []);
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names
    .filter((name) => was.get(name) !== is.get(name))
    .map((name) => ({ name, before: was.get(name), after: is.get(name) }));
}

/** `subject member/1`, `batch W-1 · delivery granted-0`. */
export const keyText = (key) => Object.values(plain(key)).join(' · ');
