import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpRoute,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import type { HandlerFunction } from './handler-function.ts';

/** One HTTP API for all pages. Functions join it with a route of theirs. */
export class Http extends Construct {
  /** Address of the API, without a trailing slash. */
  readonly url: string;
  private readonly api: HttpApi;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'http');
    this.api = new HttpApi(this, 'api', { apiName: stage.stackName, createDefaultStage: false });
    this.url = this.api.apiEndpoint;
    Validations.of(this.api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason:
        'Members have no account here: what they change asks for a signed token. The desk signs staff in by itself.',
    });

    const log = new LogGroup(this, 'log', {
      retention: stage.retention.logDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle,
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: accessLog() },
    });
  }

  /** Hands a path, and everything below it, to this function. `name` is that of the route. */
  serve(path: string, { name: functionName, lambda }: HandlerFunction, name = functionName): void {
    const integration = new HttpLambdaIntegration(name, lambda);
    for (const [id, route] of [
      [name, path],
      [`${name}-below`, `${path}/{proxy+}`],
    ] as const) {
      new HttpRoute(this.api, id, {
        httpApi: this.api,
        routeKey: HttpRouteKey.with(route, HttpMethod.ANY),
        integration,
      });
    }
  }

  /** Hands everything that no other route takes to this function. */
  serveTheRest({ name, lambda }: HandlerFunction): void {
    new HttpRoute(this.api, 'the-rest', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: new HttpLambdaIntegration(name, lambda),
    });
  }
}

/**
 * Requests a second, and at once. A page takes a tenth of a second and has ten at most, so a flood of them holds some
 * tens of the 1,000 invocations that Lambda runs at once for an account, and never those that mail needs to be read.
 * Real use stays far below: browsers and sites keep the feed of notices for a while.
 */
const throttle = { rateLimit: 300, burstLimit: 300 };

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
