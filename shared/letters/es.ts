import { longDate } from './dates.ts';
import type { LetterFacts, Letters } from './letter.ts';

export const es: Letters = {
  granted: (facts) => ({
    subject: `Hecho: sus imágenes quedan fuera de nuestra publicidad (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Usted pidió por escrito a ${facts.siteName} que no use sus imágenes en publicidad. Está en vigor desde el ${date(facts.since)} y abarca:`,
      covered(facts),
      'No tiene que hacer nada. Si quiere que abarque menos o desea revocarlo, responda a este mensaje. Una persona lo leerá.',
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
  'not-me': (facts) => ({
    subject: `Un miembro dice: no fui yo (${facts.requestId})`,
    blocks: [
      hello(facts),
      `Alguien escribió a ${facts.siteName} en nombre de un miembro, y este dice que no fue él. Se levanta la suspensión de esta solicitud, salvo donde otro miembro pidió con el mismo mensaje; las demás solicitudes conservan la suya.`,
      number(facts),
    ],
  }),
};

const hello = ({ name }: LetterFacts) => (name ? `Hola, ${name}:` : 'Hola:');
const date = (at: string) => longDate(at, 'es');
const number = ({ requestId }: LetterFacts) => `Su solicitud tiene el número ${requestId}.`;
const decision = ({ decideBy }: LetterFacts) =>
  decideBy ? `Tendrá una respuesta el ${date(decideBy)} a más tardar.` : 'Tendrá una respuesta lo antes posible.';
const covered = ({ communities }: LetterFacts) => [
  'las imágenes de su página de perfil, incluida su fotografía',
  ...communities.map((community) => `el gráfico de cabecera y las páginas de la comunidad ${community}`),
];
