import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** The keys that only we have: one secret a purpose. Each is `{"current":"k1","k1":"…"}`. */
export class Keys extends Construct {
  /**
   * Signs tokens in links and addresses: new ones with the current key, older ones name theirs. To rotate, add `k2` and
   * make it current; drop `k1` once its last token has expired.
   */
  readonly tokens: Secret;
  /** Seals the cookies of the desk, in the same way; drop `k1` a day later, when nobody is signed in by it any more. */
  readonly cookies: Secret;

  constructor(scope: Construct) {
    super(scope, 'keys');
    this.tokens = this.secret(
      'tokens',
      'Links in sent mail must stay valid until they expire, so a key is rotated by adding one, by hand.',
    );
    this.cookies = this.secret(
      'cookies',
      'Who is signed in stays signed in when a key is rotated, so that is done by adding one, by hand.',
    );
  }

  private secret(id: 'tokens' | 'cookies', whyNotRotated: string): Secret {
    const secret = new Secret(this, id, {
      description: `In Writing ${id.slice(0, -1)} keys: {"current": id, id: key}. Rotate by adding an id and making it current.`,
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: 'k1' }),
        generateStringKey: 'k1',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(secret).acknowledge({ id: 'AwsSolutions-SMG4', reason: whyNotRotated });
    return secret;
  }
}
