import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { RemovalPolicy, Validations } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

/** The keys that sign tokens in links and addresses: one secret a purpose. */
export class Keys extends Construct {
  /**
   * `{"current":"k1","k1":"…"}`: new tokens are signed with the current key, older ones name theirs. To rotate, add
   * `k2` and make it current; drop `k1` once its last token has expired.
   */
  readonly tokens: Secret;

  constructor(scope: Construct) {
    super(scope, 'keys');
    this.tokens = new Secret(this, 'tokens', {
      description: 'In Writing token keys: {"current": id, id: key}. Rotate by adding an id and making it current.',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ current: 'k1' }),
        generateStringKey: 'k1',
        passwordLength: 64,
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.tokens).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason: 'Links in sent mail must stay valid until they expire, so a key is rotated by adding one, by hand.',
    });
  }
}
