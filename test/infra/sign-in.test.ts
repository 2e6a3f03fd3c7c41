import { describe, expect, it } from 'vitest';
import { groups } from '../../functions/desk/staff.ts';
import { findStage } from '../../infra/stage.ts';
import { stageErrors, stageWarnings } from '../../infra/stage-check.ts';
import { pathOf, resourcesOf, templateOf } from './stage-template.ts';

const production = findStage('production');
const { template } = templateOf('production');
const one = (type: string) => resourcesOf(template, type)[0]![1];

describe('the accounts of staff', () => {
  it('are made by whoever manages them, need a second factor, and outlive the stack', () => {
    const staff = one('AWS::Cognito::UserPool');
    expect(staff.DeletionPolicy).toBe('Retain');
    expect(staff.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      MfaConfiguration: 'ON',
    });
  });

  it('are in the groups that the desk knows', () => {
    const made = resourcesOf(template, 'AWS::Cognito::UserPoolGroup').map(([, { Properties }]) => Properties.GroupName);
    expect(made).toEqual([...groups]);
  });

  it('are asked for by a client without a secret, by codes alone, and led back to the desk alone', () => {
    expect(one('AWS::Cognito::UserPoolClient').Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email', 'profile'],
      CallbackURLs: [{ 'Fn::Join': ['', [expect.anything(), '/desk/signed-in']] }],
      LogoutURLs: [{ 'Fn::Join': ['', [expect.anything(), '/desk']] }],
      PreventUserExistenceErrors: 'ENABLED',
      SupportedIdentityProviders: ['COGNITO'],
    });
  });
});

describe('the programs of the site', () => {
  const clients = resourcesOf(template, 'AWS::Cognito::UserPoolClient').map(([, { Properties }]) => Properties);

  it('have a client of their own with a secret, which gets tokens for itself alone, for two scopes', () => {
    const scope = (name: string) => ({ 'Fn::Join': ['', [expect.anything(), `/${name}`]] });
    expect(clients).toHaveLength(2);
    expect(clients[1]).toMatchObject({
      GenerateSecret: true,
      AllowedOAuthFlows: ['client_credentials'],
      AllowedOAuthScopes: [scope('clearance.check'), scope('offers.links')],
      AccessTokenValidity: 60,
    });
    expect(one('AWS::Cognito::UserPoolResourceServer').Properties.Identifier).toBe('inwriting');
  });

  it('are the only ones whose tokens the clearance API takes', () => {
    const [, api] = resourcesOf(template, 'AWS::Lambda::Function').find(([id]) =>
      pathOf(template, id).startsWith('clearance/'),
    )!;
    const [[machines]] = resourcesOf(template, 'AWS::Cognito::UserPoolClient').slice(1) as [[string, unknown]];
    expect(api.Properties.Environment.Variables.MACHINE_CLIENT).toEqual({ Ref: machines });
  });
});

describe('a stage that names another issuer', () => {
  const signIn = { ...production.signIn, issuer: { url: 'https://id.example.org/realm', clientId: 'desk' } };
  const other = templateOf('production', { signIn }).template;

  it('has nothing of Cognito, and a desk that asks there', () => {
    const types = Object.values(other.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type.includes('Cognito'))).toEqual([]);
    const [, desk] = resourcesOf(other, 'AWS::Lambda::Function').find(([id]) => pathOf(other, id).startsWith('desk/'))!;
    expect(desk.Properties.Environment.Variables).toMatchObject({
      SIGN_IN_ISSUER: 'https://id.example.org/realm',
      SIGN_IN_CLIENT: 'desk',
      SIGN_IN_PAGES: 'https://id.example.org/realm',
    });
  });
});

describe('the settings of the sign-in', () => {
  const errors = (changes: object) => stageErrors({ ...production, signIn: { ...production.signIn, ...changes } });

  it.each([
    [{ hours: 0 }, 'signIn.hours 0 must be a whole number from 1 to 24.'],
    [{ idleMinutes: 1.5 }, 'signIn.idleMinutes 1.5 must be a whole number from 5 to 1440.'],
    [{ domainPrefix: 'our-aws-desk' }, 'signIn.domainPrefix "our-aws-desk" must be'],
    [{ domainPrefix: 'Desk' }, 'signIn.domainPrefix "Desk" must be'],
    [{ issuer: { url: 'http://id.example.org', clientId: 'x' } }, 'signIn.issuer.url "http://id.example.org" must be'],
    [{ issuer: { url: 'https://id.example.org', clientId: ' ' } }, 'signIn.issuer.clientId is empty'],
  ])('%j is refused with a sentence', (changes, sentence) => {
    expect(errors(changes)).toEqual([expect.stringContaining(sentence)]);
  });

  it('without a second factor are warned of, unless the issuer is somebody else', () => {
    const warned = (changes: object) =>
      stageWarnings({ ...production, signIn: { ...production.signIn, ...changes } }).filter((sentence) =>
        sentence.includes('mfa'),
      );
    expect(warned({ mfa: 'optional' })).toEqual([expect.stringContaining('signIn.mfa is optional')]);
    expect(warned({ mfa: 'optional', issuer: { url: 'https://id.example.org', clientId: 'desk' } })).toEqual([]);
    expect(warned({})).toEqual([]);
  });
});
