import { atDesk, type CoveredWords, chosenBlocks, coveredLines, noticeAtDesk, written } from './covered.ts';
import { longDate } from './dates.ts';
import { digest } from './digest.ts';
import type { LetterFacts, Letters } from './letter.ts';
import { ourAddresses } from './our-addresses.ts';
import { recall } from './recall.ts';

export const es: Letters = {
  granted: (facts) => ({
    subject: `Hecho: sus imágenes quedan fuera de nuestra publicidad (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Usted pidió por escrito a ${facts.siteName} que no use sus imágenes en publicidad. Está en vigor desde el ${date(facts.since)} y abarca:`,
      covered(facts),
      `No tiene que hacer nada. Si quiere que abarque menos o desea revocarlo, ${reply(facts)}. Una persona lo leerá.`,
      number(facts),
    ],
  }),
  'already-in-effect': (facts) => ({
    subject: `Sus imágenes ya están fuera de nuestra publicidad (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Usted pidió por escrito a ${facts.siteName} que no use sus imágenes en publicidad. Ya estaba en vigor y así sigue. Abarca:`,
      covered(facts),
      'No tiene que hacer nada. Si quiere que abarque menos o desea revocarlo, responda a este mensaje.',
      number(facts),
    ],
  }),
  confirm: (facts) => ({
    subject: `Confirme, por favor: sus imágenes en nuestra publicidad (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Alguien pidió en su nombre a ${facts.siteName} que no use sus imágenes en publicidad. No pudimos estar seguros de que fuera usted. Por precaución, desde el ${date(facts.since)} no usamos:`,
      covered(facts),
      'Díganos si fue usted. La página de este enlace se lo pregunta una vez más antes de cambiar nada:',
      { link: facts.confirmUrl ?? '', words: 'Sí, fui yo – o no, no fui yo' },
      'Si no tenemos noticias en 7 días, una persona verá la solicitud. Hasta entonces no usamos sus imágenes.',
      number(facts),
    ],
  }),
  'which-profile': (facts) => ({
    subject: `¿Cuál es su perfil? (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Usted pidió por escrito a ${facts.siteName} que no use sus imágenes en publicidad. No hemos encontrado ningún perfil con su dirección de correo.`,
      'Responda a este mensaje e indíquenos la dirección de su página de perfil, su nombre de usuario o la dirección de correo con la que se registró.',
      decision(facts),
      number(facts),
    ],
  }),
  received: (facts) => ({
    subject: `Hemos recibido su solicitud (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.siteName} ha recibido su mensaje. Una persona lo leerá.`,
      decision(facts),
      number(facts),
    ],
  }),
  unsubscribed: (facts) => ({
    subject: `No más correos publicitarios (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.siteName} no le enviará más correos publicitarios. Los mensajes necesarios, por ejemplo sobre la protección de sus datos, le seguirán llegando.`,
      number(facts),
    ],
  }),
  declined: (facts) => ({
    subject: `Sobre su solicitud (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Una persona de ${facts.siteName} ha leído lo que usted escribió y no ha podido hacer lo que parece pedir. Le escribe:`,
      ...written(facts),
      `Si no está de acuerdo o puede decirnos algo más, ${reply(facts)}.`,
      number(facts),
    ],
  }),
  withdrawn: (facts) => ({
    subject: `Su solicitud está cerrada (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Usted comunicó a ${facts.siteName} que retira su solicitud, así que está cerrada. Ya no deja ninguna imagen suya fuera de nuestra publicidad; sus demás solicitudes siguen en vigor.`,
      ...written(facts),
      `Si no fue usted, ${reply(facts)}.`,
      number(facts),
    ],
  }),
  question: (facts) => ({
    subject: `Una pregunta sobre su solicitud (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Una persona de ${facts.siteName} ha leído su solicitud y le pregunta:`,
      ...written(facts),
      `Para contestar, ${reply(facts)}. ${facts.covers?.length ? 'Hasta entonces su solicitud queda en espera y no usamos las imágenes que retenemos por ella.' : 'Hasta entonces su solicitud queda en espera.'}`,
      number(facts),
    ],
  }),
  'preferences-link': (facts) => ({
    subject: `Sus preferencias en ${facts.siteName}`,
    blocks: [
      hello(facts),
      `Tras este enlace puede ver y cambiar qué imágenes suyas puede usar ${facts.siteName} en su publicidad y si recibe correo publicitario:`,
      { link: facts.preferencesUrl ?? '', words: 'Abrir mis preferencias' },
      'El enlace vale durante 30 minutos y para un solo cambio. No lo comparta: quien lo tenga puede cambiar sus preferencias.',
      'Si no lo ha pedido, no tiene que hacer nada. Nada cambia mientras nadie abra el enlace y guarde.',
    ],
  }),
  'preferences-changed': (facts) => ({
    subject: `Sus preferencias han cambiado (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Usted cambió sus preferencias en ${facts.siteName} el ${date(facts.since)}. El cambio ya está en vigor.`,
      ...chosenBlocks(facts, words, chosen),
      'Para cambiarlo de nuevo, pida un enlace nuevo:',
      { link: facts.preferencesUrl ?? '', words: 'Mis preferencias' },
      'Si no fue usted, responda enseguida a este mensaje. Lo leerá una persona.',
      change(facts),
    ],
  }),
  'community-changed': (facts) => ({
    subject: `Una comunidad suya: sus imágenes en nuestra publicidad (${facts.requestId})`,
    blocks: [
      hello(facts),
      `${facts.chosenBy} gestiona una comunidad junto con usted y cambió, el ${date(facts.since)}, qué imágenes de ella puede usar ${facts.siteName}. El cambio ya está en vigor.`,
      ...chosenBlocks(facts, words, chosen),
      'Quien la gestiona puede cambiarlo en cualquier momento. Pida un enlace a sus preferencias:',
      { link: facts.preferencesUrl ?? '', words: 'Mis preferencias' },
      'Si cree que ha sido un error, responda a este mensaje. Lo leerá una persona.',
      change(facts),
    ],
  }),
  'not-me': (facts) => ({
    subject: `Un miembro dice: no fui yo (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Alguien escribió a ${facts.siteName} en nombre de un miembro, y este dice que no fue él. Se levanta la suspensión de esta solicitud, salvo donde otro miembro pidió con el mismo mensaje; las demás solicitudes conservan la suya.`,
      ...atDesk(facts, 'Abrir la solicitud en el escritorio'),
      number(facts),
    ],
  }),
  'notice-paused': (facts) => ({
    subject: `Se ha detenido un aviso (${facts.requestId})`,
    blocks: [
      `Un aviso de ${facts.siteName} a sus miembros se detuvo el ${date(facts.since)}, porque demasiados de sus mensajes fueron devueltos o marcados como correo no deseado. Esto es lo que se ha observado:`,
      ...written(facts),
      'No se escribirá a ningún otro miembro hasta que una persona responsable reanude o cancele el aviso. Antes de reanudarlo, revise las direcciones cuyos mensajes fueron devueltos y el texto.',
      ...noticeAtDesk(facts, 'Abrir el aviso en el escritorio'),
    ],
  }),
  digest,
  recall,
};

const hello = ({ name }: LetterFacts) => (name ? `Hola, ${name}:` : 'Hola:');
const date = (at: string) => longDate(at, 'es');
const number = ({ requestId }: LetterFacts) => `Su solicitud tiene el número ${requestId}.`;
const decision = ({ decideBy }: LetterFacts) =>
  decideBy ? `Tendrá una respuesta el ${date(decideBy)} a más tardar.` : 'Tendrá una respuesta lo antes posible.';
const reply = (facts: LetterFacts) =>
  facts.onPaper
    ? `escríbanos${ourAddresses(facts, 'es', 'a')} e indique el número de su solicitud`
    : 'responda a este mensaje';
const covered = (facts: LetterFacts) => coveredLines(facts, words);
const words: CoveredWords = {
  profile: 'las imágenes de su página de perfil, incluida su fotografía',
  community: (id) => `el gráfico de cabecera y las páginas de la comunidad ${id}`,
  header: (id) => `el gráfico de cabecera de la comunidad ${id}`,
  pages: (id) => `las páginas de la comunidad ${id}`,
  offers: 'el correo publicitario que le enviamos',
};
const chosen = {
  off: 'A partir de ahora ya no usamos ni enviamos esto:',
  on: 'Esto vuelve a estar permitido:',
};
const change = (facts: LetterFacts) => `Este cambio tiene el número ${facts.requestId}.`;
