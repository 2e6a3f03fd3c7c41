import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { variables } from '../../shared/env.ts';
import type { Stage } from '../stage.ts';
import { HandlerFunction } from './handler-function.ts';

export interface PublicSiteProps {
  stage: Stage;
  bundles: string;
}

/** The pages that anyone may open: what this is, and how to ask. */
export class PublicSite extends Construct {
  readonly handler: HandlerFunction;
  readonly whenItFails = 'Members who open our pages see an error.';

  constructor(scope: Construct, { stage, bundles }: PublicSiteProps) {
    super(scope, 'public-site');
    this.handler = new HandlerFunction(this, {
      stage,
      bundles,
      name: 'public-site',
      timeout: Duration.seconds(10),
      environment: {
        [variables.mailDomain]: stage.mailDomain,
        [variables.siteName]: stage.site.name,
        [variables.siteUrl]: stage.site.url,
      },
    });
  }
}
