/**
 * Runs of two to four capitalised words that may be somebody's name, at most forty: first those that stand alone on
 * their line, as in a signature, or are introduced, then the others. Finds names of alphabets with capitals only.
 */
export function namesIn(text: string): string[] {
  const likely = new Set<string>();
  const others = new Set<string>();
  for (const whole of text.split('\n')) {
    if (likely.size >= most) break;
    const line = whole.slice(0, 1_000);
    if (!twoCapitals.test(line)) continue;
    const readable = line.replace(/^[\s>*_|-]+/, '').trim();
    for (const name of namesInLine(readable)) {
      const before = readable.slice(0, readable.indexOf(name));
      if (readable === name || introduction.test(before)) likely.add(name);
      else if (others.size < most) others.add(name);
    }
  }
  return [...likely, ...others];
}

const most = 20;

/**
 * Two capitalised words with particles between them at the most: what every name has, and few lines. A word has an end,
 * or a line of capitals alone would be read again for each of them.
 */
const twoCapitals = /\p{Lu}\S{0,60}\s+(?:\p{Ll}{1,3}\s+){0,3}['’]?\p{Lu}/u;

const introduction = /\b(?:name is|i am|i['’]m|heiße|bin|appelle|suis|llamo|soy)\s+$/i;

function namesInLine(line: string): string[] {
  return line.split(/[^\p{L}\p{M}\s.'’-]+/u).flatMap(namesInPhrase);
}

/** Words between two punctuation marks; a full stop after more than an initial ends a name, too. */
function namesInPhrase(phrase: string): string[] {
  const names: string[] = [];
  let run: string[] = [];
  const endRun = () => {
    while (particles.has(run.at(-1) ?? '')) run.pop();
    const parts = run.filter((word) => !particles.has(word)).length;
    if (parts >= 2 && parts <= 4) names.push(run.join(' '));
    run = [];
  };
  for (const word of phrase.trim().split(/\s+/)) {
    const bare = word.replace(/^['’-]+|[.'’-]+$/g, '');
    const isPart = namePart.test(bare) && !noNames.has(bare.toLowerCase());
    if (isPart) run.push(bare.length === 1 ? word : bare);
    else if (run.length > 0 && particles.has(word)) run.push(word);
    else endRun();
    if (bare.length > 1 && word.endsWith('.')) endRun();
  }
  endRun();
  return names;
}

const namePart = /^\p{Lu}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*$/u;

/** Small words within a name: Ludwig van Beethoven, María de la Cruz. */
const particles = new Set('al bin da das de del della den der di do dos du el la le ten ter van von y zu'.split(' '));

/** Capitalised in mail, and no part of a name: courtesies, headers of a quotation, the phrase, days and months. */
const noNames = new Set(
  `a all am an and answer are as at be best bitte bonjour by cc cher chère cordialement date dear do email estimado
  for freundliche freundlichen from grüße gruß guten hallo hello herr hi hola how i if in is it kind liebe lieber
  marketing materials mit mr mrs ms my no not of on or our page please privacy profile re regards remove request saludos
  sehr sent sincerely subject team thank thanks that the this to what with yes you your yours monday tuesday wednesday
  thursday friday saturday sunday january february march april june july august september october november
  december`.split(/\s+/),
);
