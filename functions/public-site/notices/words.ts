import type { Context } from 'hono';
import { longDate } from '../../../shared/letters/dates.ts';
import { chooseWords } from '../words/choose.ts';

/** What the pages of notices say besides the notices, in one language. */
export interface NoticePageWords {
  /** BCP 47. */
  language: string;
  date(at: string): string;
  effective: string;
  published: string;
  languages: string;
  all: string;
  toSite(siteName: string): string;
  withdrawn(date: string): string;
  list: { title: string; none: string; current: string };
  unknown: { title: string; text: string };
  unavailable: { title: string; text: string };
}

/** In the language of the text where we have words in it, else in one that the browser asks for, else in English. */
export const chooseNoticeWords = (context: Context, language?: string): NoticePageWords =>
  languages[chooseWords(context, language).language] ?? languages.en!;

const dates = (language: string) => ({ language, date: (at: string) => longDate(at, language) });

const languages: Record<string, NoticePageWords> = {
  en: {
    ...dates('en'),
    effective: 'Takes effect on',
    published: 'Published on',
    languages: 'Languages',
    all: 'All notices',
    toSite: (siteName) => `Go to ${siteName}`,
    withdrawn: (date) => `We withdrew this notice on ${date}.`,
    list: { title: 'Notices', none: 'There have been no notices.', current: 'Current' },
    unknown: {
      title: 'There is no such notice',
      text: 'The address may be incomplete, or the notice is not published yet.',
    },
    unavailable: {
      title: 'Please try again in a few minutes',
      text: 'We could not look that up just now. It is not your doing.',
    },
  },
  de: {
    ...dates('de'),
    effective: 'Gilt ab',
    published: 'Veröffentlicht am',
    languages: 'Sprachen',
    all: 'Alle Mitteilungen',
    toSite: (siteName) => `Zu ${siteName}`,
    withdrawn: (date) => `Diese Mitteilung haben wir am ${date} zurückgezogen.`,
    list: { title: 'Mitteilungen', none: 'Es gab noch keine Mitteilungen.', current: 'Aktuell' },
    unknown: {
      title: 'Diese Mitteilung gibt es nicht',
      text: 'Die Adresse ist vielleicht unvollständig, oder die Mitteilung ist noch nicht veröffentlicht.',
    },
    unavailable: {
      title: 'Bitte versuchen Sie es in einigen Minuten noch einmal',
      text: 'Wir konnten das gerade nicht nachsehen. Es liegt nicht an Ihnen.',
    },
  },
  fr: {
    ...dates('fr'),
    effective: 'Prend effet le',
    published: 'Publié le',
    languages: 'Langues',
    all: 'Tous les avis',
    toSite: (siteName) => `Aller sur ${siteName}`,
    withdrawn: (date) => `Nous avons retiré cet avis le ${date}.`,
    list: { title: 'Avis', none: 'Il n’y a pas encore eu d’avis.', current: 'Actuel' },
    unknown: {
      title: 'Cet avis n’existe pas',
      text: 'L’adresse est peut-être incomplète, ou l’avis n’est pas encore publié.',
    },
    unavailable: {
      title: 'Réessayez dans quelques minutes',
      text: 'Nous n’avons pas pu le consulter à l’instant. Vous n’y êtes pour rien.',
    },
  },
  es: {
    ...dates('es'),
    effective: 'Entra en vigor el',
    published: 'Publicado el',
    languages: 'Idiomas',
    all: 'Todos los avisos',
    toSite: (siteName) => `Ir a ${siteName}`,
    withdrawn: (date) => `Retiramos este aviso el ${date}.`,
    list: { title: 'Avisos', none: 'Todavía no ha habido avisos.', current: 'Actual' },
    unknown: {
      title: 'Este aviso no existe',
      text: 'Puede que la dirección esté incompleta, o que el aviso aún no se haya publicado.',
    },
    unavailable: {
      title: 'Vuelva a intentarlo dentro de unos minutos',
      text: 'No hemos podido consultarlo ahora mismo. No es culpa suya.',
    },
  },
};
