import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { env } from '../../shared/env.ts';
import { reasonOf } from '../../shared/errors.ts';
import { log } from '../../shared/log.ts';
import { confirm } from './confirm.tsx';
import { Home } from './home.tsx';
import { page } from './layout.tsx';
import { noticeScript } from './notice-script.ts';
import { forAnySite } from './notices/for-any-site.ts';
import { notices } from './notices/notices.tsx';
import { preferences } from './preferences/preferences.tsx';
import { styleHash } from './style.ts';
import { unsubscribe } from './unsubscribe/unsubscribe.tsx';

/**
 * The public pages. They run no script, load nothing from elsewhere, set no cookie, send forms to nobody else, and no
 * other site may frame them.
 */
export const site = new Hono();

site.use('/notices.js', forAnySite);
site.use('/notices/current.json', forAnySite);

site.use(
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: [styleHash],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
  }),
);

site.get('/', (context) =>
  context.html(
    page(
      'In Writing',
      <Home siteName={env('siteName')} siteUrl={env('siteUrl')} address={`privacy@${env('mailDomain')}`} />,
    ),
  ),
);

site.route('/confirm', confirm);
site.route('/preferences', preferences);
site.route('/unsubscribe', unsubscribe);
site.route('/notices.js', noticeScript);
site.route('/notices', notices);

// API Gateway hands what stands behind the desk's own two routes to this function.
site.get('/desk/', (context) => context.redirect('/desk', 308));

site.notFound((context) =>
  context.html(
    page(
      'There is no such page',
      <p>
        The address may be incomplete. <a href="/">Start from the beginning</a>.
      </p>,
    ),
    404,
  ),
);

site.onError((error, context) => {
  log.error('page failed', { error: error.name, reason: reasonOf(error) });
  return context.html(
    page('Something went wrong', <p>It is not your doing, and we have been told. Please try again later.</p>),
    500,
  );
});
