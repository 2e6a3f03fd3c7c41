import { preferences, unsubscribe } from './links-es.ts';
import type { Words } from './words.ts';

export const es: Words = {
  language: 'es',
  images: {
    'profile-images': () => 'Imágenes de su página de perfil, incluida su fotografía',
    'header-graphic': (community) => `Gráfico de cabecera de la comunidad ${community}`,
    pages: (community) => `Páginas de la comunidad ${community}`,
    'marketing-email': () => 'Correos publicitarios',
  },
  states: {
    blocked: (since) => `Fuera de la publicidad, desde el ${since}`,
    hold: (since) => `Fuera de la publicidad mientras haya una solicitud abierta, desde el ${since}`,
    clear: () => 'Uso permitido en la publicidad',
  },
  labels: {
    member: 'Miembro',
    covers: 'Qué abarca',
    now: 'En vigor ahora',
    since: 'Sin usar desde el',
    request: 'Número de la solicitud',
  },
  yes: 'Sí, fui yo',
  no: 'No, no fui yo',
  question: {
    title: '¿Nos lo pidió usted?',
    what: (siteName, date) =>
      `El ${date}, ${siteName} recibió un correo que nos pide, en su nombre, que no usemos sus imágenes en publicidad.`,
    doubt:
      'No pudimos estar seguros de que lo escribiera usted. Por precaución, desde entonces no usamos estas imágenes.',
    ask: '¿Fue usted?',
    afterYes:
      'Sus imágenes quedan fuera de nuestra publicidad hasta que usted lo cambie. Recibirá un correo que lo confirma.',
    afterNo:
      'Descartamos esta solicitud y avisamos a nuestro personal de que alguien escribió en su nombre. Sus otras solicitudes siguen en vigor.',
    nothingYet: 'Nada cambia hasta que pulse uno de los dos botones. Cuenta su primera respuesta.',
    silence: (date) =>
      `Si no responde hasta el ${date}, una persona verá la solicitud. Mientras tanto, no usamos estas imágenes.`,
  },
  saidYes: {
    title: 'Gracias. Sus imágenes quedan fuera de nuestra publicidad.',
    text: 'Usted nos dijo que esta solicitud era suya.',
    undo: (address) =>
      `Si desea revocarla o quiere que abarque menos, escriba a ${address} e indique el número de la solicitud.`,
  },
  saidNo: {
    title: 'Gracias. Hemos descartado esta solicitud.',
    text: 'Usted nos dijo que esta solicitud no era suya. Avisamos a nuestro personal de que alguien escribió en su nombre.',
    undo: (address) =>
      `Si aun así quiere dejar sus imágenes fuera de nuestra publicidad, envíe un correo con el asunto REMOVE FROM MARKETING MATERIALS a ${address}.`,
  },
  decided: {
    title: 'Esta solicitud ya está decidida',
    text: 'Una persona la decidió antes de que usted respondiera aquí, así que no queda nada por responder.',
    undo: (address) => `Si no está de acuerdo, escriba a ${address} e indique el número de la solicitud.`,
  },
  answered: {
    title: 'Usted ya respondió',
    before: (answer) => `Su respuesta fue: «${answer}». No queda nada por hacer.`,
    firstCounts: (answer) =>
      `Usted ya había respondido: «${answer}». Cuenta la primera respuesta, así que ahora no se ha cambiado nada.`,
  },
  unknown: {
    title: 'Este enlace no funciona',
    paragraphs: (address) => [
      'Puede estar incompleto o tener más de 7 días. Inténtelo de nuevo con el enlace entero de nuestro correo.',
      `Si no basta, escriba a ${address}. Indique el número de la solicitud que figura en el correo, si lo tiene.`,
      'Cuando un enlace es demasiado antiguo, una persona decide la solicitud. Mientras tanto, no usamos las imágenes.',
    ],
  },
  notUnderstood: {
    title: 'No recibimos su respuesta',
    paragraphs: (address) => [
      'No se ha cambiado nada. Abra de nuevo el enlace de nuestro correo y pulse uno de los dos botones.',
      `Si no basta, escriba a ${address} e indique el número de la solicitud que figura en el correo.`,
    ],
  },
  unavailable: {
    title: 'Inténtelo de nuevo en unos minutos',
    paragraphs: (address) => [
      'No pudimos hacerlo en este momento. No es culpa suya.',
      'Abra de nuevo el enlace de nuestro correo. Responder dos veces no tiene ningún inconveniente.',
      `Si más tarde sigue sin funcionar, escriba a ${address} e indique el número de la solicitud que figura en el correo.`,
    ],
  },
  preferences,
  unsubscribe,
};
