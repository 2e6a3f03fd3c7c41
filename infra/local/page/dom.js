/**
 * Makes an element. Properties that the element has are set on it, others become attributes; text children are text,
 * never markup, since much of what is shown was written by strangers.
 */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return element;
}

const svg = 'http://www.w3.org/2000/svg';

/** A picture of icons.svg. One that is not decoration has a label, which screen readers say. */
export function icon(name, label) {
  const picture = document.createElementNS(svg, 'svg');
  const use = document.createElementNS(svg, 'use');
  use.setAttribute('href', `icons.svg#${name}`);
  if (!label) picture.setAttribute('aria-hidden', 'true');
  if (label) picture.setAttribute('role', 'img');
  if (label) picture.setAttribute('aria-label', label);
  picture.append(use);
  return picture;
}

export const find = (id) => document.getElementById(id);

/** Asks the local stack. Rejects with its sentence. */
export async function ask(path, options) {
  const response = await fetch(path, options).catch(() => {
    throw new Error('The local stack does not answer. Start it with: npm start');
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

export const clockTime = (at) => new Date(at).toLocaleTimeString(undefined, { hour12: false });
