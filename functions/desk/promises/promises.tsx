import { Hono } from 'hono';
import { promises as rows } from '../../../shared/promises.ts';
import { only } from '../sign-in/who-may.tsx';
import type { DeskEnv } from '../staff.ts';
import { gather } from './gather.ts';
import { promisesPage } from './page.tsx';

/** What the policy promises, what keeps it, and the figures of it. Nobody is named, so that everybody may read it. */
export const promises = new Hono<DeskEnv>();

promises.use(only('reviewer', 'officer', 'marketing'));

promises.get('/', async (context) => context.html(promisesPage(context.get('staff'), rows, await gather())));
