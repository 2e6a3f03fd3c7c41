import type { Notice } from '../../shared/notices/notice.ts';

/** A notice whose sending has begun, as the table holds it. */
export const noticeAbout = (noticeId: string, changes: Partial<Notice> = {}): Notice => ({
  noticeId,
  state: 'sending',
  texts,
  fallback: 'en',
  title: texts.en.subject,
  effectiveOn: '2031-01-01',
  sendAt: '2026-11-01T09:00:00.000Z',
  asOf: '2026-11-01T09:00:30.000Z',
  zone: 'Europe/Berlin',
  bannerUntil: '2031-02-01T00:00:00.000Z',
  audience: { who: 'all' },
  by: { id: 'otto.officer', name: 'Otto Officer' },
  createdAt: '2026-10-01T09:00:00.000Z',
  nonce: noticeId,
  history: [],
  listed: 'yes',
  showing: 'yes',
  version: 1,
  ...changes,
});

const texts = {
  en: {
    subject: 'From January we ask first <b>',
    markdown: `We show images of profile pages in our advertising only where [you said yes](https://community.example/images). Until now it was enough that you had not said no.

## What changes

- **Before**: your images could be used unless you wrote to us.
- **Now**: we ask you each time. <script>alert(1)</script>

| | until December | from January |
| --- | --- | --- |
| profile images | used, unless you object | used with your consent |
| header graphics | used, unless you object | used with your consent |

> Requests that you made in writing stay in effect.

### Questions

Write to privacy@community.example.`,
  },
  de: {
    subject: 'Wir fragen ab Januar vorher <b>',
    markdown: `Bilder von Profilseiten zeigen wir in unserer Werbung nur noch, wenn [Sie zugestimmt haben](https://community.example/bilder). Bisher genügte es, dass Sie nicht widersprochen hatten.

## Was sich ändert

1. **Bisher** konnten Ihre Bilder verwendet werden, solange Sie uns nicht geschrieben hatten.
2. **Jetzt** fragen wir jedes Mal.`,
  },
};
