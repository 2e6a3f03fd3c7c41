import { phrase } from '../../shared/mail/phrase.ts';

export interface HomeProps {
  siteName: string;
  siteUrl: string;
  /** Where a request is sent. */
  address: string;
}

/** What this is, and how a member asks in writing. */
export function Home({ siteName, siteUrl, address }: HomeProps) {
  return (
    <>
      <p>
        {siteName} may show images of member profiles and community pages in its marketing materials. If you do not want
        that, say so in writing. Requests arrive here, take effect at once, and are kept on record.
      </p>
      <h2>How to ask</h2>
      <p>Send an e-mail from the address in your profile:</p>
      <dl>
        <dt>To</dt>
        <dd>
          <a href={`mailto:${address}?subject=${encodeURIComponent(phrase)}`}>{address}</a>
        </dd>
        <dt>Subject</dt>
        <dd>{phrase}</dd>
      </dl>
      <p>Nothing else is needed. You may also write in your own words, by e-mail, letter or fax: a person reads it.</p>
      <h2>What happens then</h2>
      <ul>
        <li>Images of your profile page are no longer used from the moment your e-mail is read.</li>
        <li>If you manage a community, the same goes for its header graphic and its pages.</li>
        <li>You get an answer with a reference that begins with W. Keep it, in case you want to ask about it.</li>
        <li>
          If we cannot be sure that an e-mail is yours, the images are put on hold at once, and you get a link that asks
          whether it was you.
        </li>
      </ul>
      <p>
        <a href="/preferences">See and change your preferences</a>
      </p>
      <p>
        <a href={siteUrl}>Go to {siteName}</a>
      </p>
    </>
  );
}
