import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { PublicSite } from './public-site.ts';

export interface HttpProps {
  stage: Stage;
  publicSite: PublicSite;
}

/** One HTTP API for all pages: what no other route takes goes to the public site. */
export class Http extends Construct {
  /** Address of the API, without a trailing slash. */
  readonly url: string;

  constructor(scope: Construct, { stage, publicSite }: HttpProps) {
    super(scope, 'http');
    const api = new HttpApi(this, 'api', {
      apiName: stage.stackName,
      createDefaultStage: false,
      defaultIntegration: new HttpLambdaIntegration('public-site', publicSite.handler.lambda),
    });
    this.url = api.apiEndpoint;
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'These pages are for members, who have no account here; what changes something asks for a signed token.',
    });

    const log = new LogGroup(this, 'log', {
      retention: stage.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'stage', {
      httpApi: api,
      autoDeploy: true,
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLog() },
    });
  }
}

/** No path and no address of the caller: paths hold tokens, and who reads a page is nobody's business. */
function accessLog(): AccessLogFormat {
  return AccessLogFormat.custom(
    JSON.stringify({
      requestId: '$context.requestId',
      time: '$context.requestTime',
      method: '$context.httpMethod',
      route: '$context.routeKey',
      status: '$context.status',
      bytes: '$context.responseLength',
      ms: '$context.responseLatency',
    }),
  );
}
