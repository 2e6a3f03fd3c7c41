import type { PreferencesWords, UnsubscribeWords } from './words.ts';

export const preferences: PreferencesWords = {
  ask: {
    title: 'Sus preferencias',
    what: (siteName) =>
      `Vea y cambie qué imágenes suyas puede usar ${siteName} en su publicidad y si recibe correo publicitario.`,
    how: 'Escriba una dirección de correo de su perfil. Enviamos un enlace a la dirección principal de ese perfil. Vale durante 30 minutos.',
    label: 'Dirección de correo',
    button: 'Enviarme el enlace',
    wrong: 'Esto no es una dirección de correo. Escríbala como nombre@example.org.',
  },
  asked: {
    title: 'Mire su correo',
    paragraphs: (address) => [
      'Si esta dirección pertenece a un perfil, un enlace va de camino a la dirección principal de ese perfil. Vale durante 30 minutos.',
      'Decimos lo mismo para cualquier dirección, para que nadie averigüe aquí quién es miembro.',
      `Si no llega nada en unos minutos, mire en el correo no deseado o escriba a ${address}.`,
    ],
  },
  tooMany: {
    title: 'Inténtelo de nuevo dentro de una hora',
    paragraphs: (address) => [
      'Desde su conexión se han pedido muchos enlaces, así que por ahora no enviamos más.',
      `Si no puede esperar, escriba a ${address}.`,
    ],
  },
  choose: {
    title: 'Sus preferencias',
    what: 'Elija y guarde al final. Nada cambia hasta que guarde.',
    others: 'Quienes gestionan una comunidad con usted se enteran de un cambio.',
    means: {
      'profile-images': (siteName) =>
        `Si ${siteName} puede mostrar imágenes de su página de perfil, incluida su fotografía, en su propio sitio y en otra publicidad.`,
      'header-graphic': (siteName) =>
        `Si ${siteName} puede mostrar el gráfico de cabecera de esta comunidad en su publicidad.`,
      pages: (siteName) => `Si ${siteName} puede mostrar imágenes de las páginas de esta comunidad en su publicidad.`,
      'marketing-email': (siteName) =>
        `Ofertas de ${siteName} y de sus socios. Los mensajes que necesita, como los avisos sobre su privacidad, le llegan en cualquier caso.`,
    },
    now: 'Ahora:',
    allow: 'Uso permitido en la publicidad',
    block: 'No se usa en la publicidad',
    hold: 'Dejarlo así hasta que se decida la solicitud abierta',
    mailOn: 'Enviarme correo publicitario',
    mailOff: 'Sin correo publicitario',
    mailNow: 'Recibe correo publicitario',
    mailSince: (since) => `Sin correo publicitario, desde el ${since}`,
    save: 'Guardar',
    once: 'Lo que guarda vale enseguida, y un mensaje a su dirección principal dice qué ha cambiado. El enlace vale para un solo cambio.',
  },
  same: 'No se ha cambiado nada: todo estaba ya así. Todavía puede elegir.',
  saved: {
    title: 'Guardado',
    text: 'Su elección está en vigor. Un mensaje a su dirección principal dice qué ha cambiado.',
    again: 'Este enlace ya está usado. Para cambiar algo más, pida que le envíen otro.',
    button: 'Enviarme un enlace nuevo',
  },
  sentAgain: {
    title: 'Mire su correo',
    paragraphs: () => ['Un enlace nuevo va de camino a la dirección principal de su perfil. Vale durante 30 minutos.'],
  },
  used: {
    title: 'Este enlace ya se ha usado',
    paragraphs: (address) => [
      'Con él se guardó una elección, y solo vale para una. Ahora no se ha cambiado nada.',
      `Si no fue usted quien guardó una elección, escriba a ${address}.`,
    ],
  },
  unknown: {
    title: 'Este enlace no funciona',
    paragraphs: (address) => [
      'Puede que esté incompleto o que tenga más de 30 minutos. No se ha cambiado nada.',
      `Pida un enlace nuevo o escriba a ${address}.`,
    ],
  },
  notUnderstood: {
    title: 'No hemos recibido su elección',
    paragraphs: (address) => [
      'No se ha cambiado nada. Abra de nuevo el enlace de nuestro mensaje, elija y guarde.',
      `Si eso no ayuda, escriba a ${address}.`,
    ],
  },
  newLink: 'Pedir un enlace nuevo',
};

export const unsubscribe: UnsubscribeWords = {
  ask: {
    title: '¿Sin más correo publicitario?',
    what: (siteName) => `Pulse el botón, y ${siteName} no le envía más ofertas ni otro correo publicitario.`,
    keeps: 'Los mensajes que necesita, como los avisos sobre su privacidad, le siguen llegando.',
    button: 'Dejar de recibir publicidad',
  },
  done: {
    title: 'Ya no recibe correo publicitario',
    text: 'Está en vigor desde ahora. Lo que se envió antes todavía puede llegar.',
    more: 'Para volver atrás, o para elegir qué imágenes suyas se pueden usar:',
    link: 'Sus preferencias',
  },
  unknown: {
    title: 'Este enlace no funciona',
    paragraphs: (address) => [
      'Puede que esté incompleto. No se ha cambiado nada.',
      `Envíe un mensaje vacío a ${address} desde la dirección que recibe las ofertas, y cesarán.`,
    ],
  },
  notUnderstood: {
    title: 'No se ha cambiado nada',
    paragraphs: (address) => [
      'Abra de nuevo el enlace y pulse el botón.',
      `Si eso no ayuda, envíe un mensaje vacío a ${address} desde la dirección que recibe las ofertas, y cesarán.`,
    ],
  },
};
