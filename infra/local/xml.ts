/** One XML element: text is escaped, nested elements come as ready XML in an array. */
export function element(name: string, content: string | number | string[]): string {
  const inner = Array.isArray(content) ? content.join('') : escapeXml(String(content));
  return `<${name}>${inner}</${name}>`;
}

export function document(root: string, content: string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, content)}`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

const escapeXml = (text: string) => text.replace(/[&<>"\r]/g, (character) => entities[character] ?? character);
