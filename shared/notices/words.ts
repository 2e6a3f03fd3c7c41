import { longDate } from '../letters/dates.ts';

/** What we add to the officer's text, in one language. */
export interface NoticeWords {
  /** BCP 47. */
  language: string;
  effective(day: string): string;
  /** Words of links. */
  onOurSite: string;
  read: string;
  /** Why somebody gets it: it is no subscription, so there is nothing to unsubscribe from. */
  why(siteName: string): string;
}

/** In English where we have no words in the language of the text. */
export const wordsIn = (language: string): NoticeWords =>
  languages[language.toLowerCase().split(/[-_]/)[0]!] ?? languages.en!;

const languages: Record<string, NoticeWords> = Object.assign(Object.create(null), {
  en: {
    language: 'en',
    effective: (day) => `This takes effect on ${longDate(day, 'en')}.`,
    onOurSite: 'Read this notice on our site',
    read: 'Read the notice',
    why: (siteName) =>
      `You get this because you are a member of ${siteName}. It is about your privacy, so it comes whatever your mail settings are.`,
  },
  de: {
    language: 'de',
    effective: (day) => `Das gilt ab dem ${longDate(day, 'de')}.`,
    onOurSite: 'Diese Mitteilung auf unserer Website lesen',
    read: 'Mitteilung lesen',
    why: (siteName) =>
      `Sie erhalten diese E-Mail, weil Sie Mitglied von ${siteName} sind. Es geht um Ihre Privatsphäre, daher kommt sie unabhängig von Ihren E-Mail-Einstellungen.`,
  },
  fr: {
    language: 'fr',
    effective: (day) => `Cela prend effet le ${longDate(day, 'fr')}.`,
    onOurSite: 'Lire cet avis sur notre site',
    read: 'Lire l’avis',
    why: (siteName) =>
      `Vous recevez cet e-mail parce que vous êtes membre de ${siteName}. Il concerne votre vie privée ; il vous parvient donc quels que soient vos réglages d’e-mail.`,
  },
  es: {
    language: 'es',
    effective: (day) => `Entra en vigor el ${longDate(day, 'es')}.`,
    onOurSite: 'Leer este aviso en nuestro sitio',
    read: 'Leer el aviso',
    why: (siteName) =>
      `Recibe este correo porque es miembro de ${siteName}. Trata de su privacidad, por eso llega sean cuales sean sus preferencias de correo.`,
  },
} satisfies Record<string, NoticeWords>);
