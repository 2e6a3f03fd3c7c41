import {
  AccountRecovery,
  CfnManagedLoginBranding,
  type CfnUserPoolClient,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  type UserPoolDomain,
  UserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Stage } from '../stage.ts';

export interface SignInProps {
  stage: Stage;
  /** Address of the HTTP API, without a trailing slash. */
  publicUrl: string;
}

/** Who may come to the desk: an OpenID Connect issuer, which is Cognito unless the stage names another one. */
export class SignIn extends Construct {
  readonly issuer: string;
  readonly clientId: string;
  /** An address of the pages that people sign in at: at Cognito they are not on the issuer's host. */
  readonly pages: string;
  /** The client of the site's own programs; `any` at another issuer, where a token's scope alone says what it is for. */
  readonly machineClientId: string;

  constructor(scope: Construct, props: SignInProps) {
    super(scope, 'sign-in');
    const { issuer } = props.stage.signIn;
    if (issuer) {
      this.issuer = issuer.url;
      this.clientId = issuer.clientId;
      this.pages = issuer.url;
      this.machineClientId = 'any';
      return;
    }
    const staff = this.staff(props.stage);
    const client = clientOf(staff, props);
    this.issuer = staff.userPoolProviderUrl;
    this.clientId = client.userPoolClientId;
    this.pages = this.hostedPages(staff, client, props.stage).baseUrl();
    this.machineClientId = machineClientOf(staff).userPoolClientId;
  }

  /** Nobody signs up: whoever manages the accounts invites people, and puts them into groups. */
  private staff({ signIn }: Stage): UserPool {
    const staff = new UserPool(this, 'staff', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      standardAttributes: { email: { required: true, mutable: true }, fullname: { required: true, mutable: true } },
      // A code from an app: a text message can be had by others.
      mfa: signIn.mfa === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const groupName of groups) new UserPoolGroup(this, groupName, { userPool: staff, groupName });
    acknowledge(staff, signIn.mfa);
    return staff;
  }

  /** Cognito's own pages, with its own look. */
  private hostedPages(staff: UserPool, client: UserPoolClient, { signIn }: Stage): UserPoolDomain {
    // Without a style the pages of a client do not open.
    new CfnManagedLoginBranding(this, 'look', {
      userPoolId: staff.userPoolId,
      clientId: client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
    return staff.addDomain('pages', {
      cognitoDomain: { domainPrefix: signIn.domainPrefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
  }
}

/** What the desk knows (functions/desk/staff.ts). */
const groups = ['reviewer', 'officer', 'marketing'];

/**
 * A public client: the proof key of each sign-in (PKCE) stands in for a secret that nobody then has to keep. Its tokens
 * are looked at once, when somebody comes back; the desk has a session of its own.
 */
function clientOf(userPool: UserPool, { publicUrl }: SignInProps): UserPoolClient {
  const client = new UserPoolClient(userPool, 'desk', {
    userPool,
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
      scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
      callbackUrls: [`${publicUrl}/desk/signed-in`],
      logoutUrls: [`${publicUrl}/desk`],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    idTokenValidity: Duration.minutes(5),
    accessTokenValidity: Duration.minutes(5),
    // The least that Cognito takes; nobody keeps one.
    refreshTokenValidity: Duration.hours(1),
  });
  // The pages of Cognito alone ask for passwords, and no other program may try them.
  (client.node.defaultChild as CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
  return client;
}

/**
 * The site's own programs: a client with a secret, which Cognito makes and shows to whoever manages the accounts. It gets
 * tokens for itself alone (RFC 6749 section 4.4), for an hour: Cognito charges for each, so they are to be kept.
 */
function machineClientOf(userPool: UserPool): UserPoolClient {
  const scopes = machineScopes.map(
    ([scopeName, scopeDescription]) => new ResourceServerScope({ scopeName, scopeDescription }),
  );
  const server = userPool.addResourceServer('in-writing', { identifier: 'inwriting', scopes });
  const client = new UserPoolClient(userPool, 'machines', {
    userPool,
    generateSecret: true,
    oAuth: {
      flows: { clientCredentials: true, authorizationCodeGrant: false, implicitCodeGrant: false },
      scopes: scopes.map((scope) => OAuthScope.resourceServer(server, scope)),
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    accessTokenValidity: Duration.hours(1),
  });
  (client.node.defaultChild as CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
  return client;
}

/** What a token can be for. functions/ look for `inwriting/<name>` in it. */
const machineScopes = [
  ['clearance.check', 'Ask whether images may be used'],
  ['offers.links', 'Get links with which members unsubscribe from offers'],
] as const;

function acknowledge(staff: UserPool, mfa: Stage['signIn']['mfa']): void {
  Validations.of(staff).acknowledge({
    id: 'AwsSolutions-COG8',
    reason:
      'The Plus plan and its threat protection cost extra for each person; a second factor stops a stolen password.',
  });
  if (mfa === 'required') return;
  Validations.of(staff).acknowledge({
    id: 'AwsSolutions-COG2',
    reason: 'The stage lets people choose whether they use a second factor.',
  });
}
