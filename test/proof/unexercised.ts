/** Grants and variables of the template that no run on one machine can use, each with the reason why it stands there all the same. */

export interface Unexercised {
  readonly names: RegExp;
  readonly because: string;
}

export const unexercised: readonly Unexercised[] = [
  {
    names: /CDKBucketDeployment\w*\/?.*: the variable /,
    because: 'CDK’s own function reads it while CloudFormation deploys; here its orders are read, and it is not run.',
  },
  {
    names: /: the variable NODE_OPTIONS$/,
    because: 'Node.js itself reads it on AWS, before any line of ours runs; here bundles run in threads, which take no options from it.',
  },
  {
    names: /: kms:(Encrypt|ReEncrypt\w*\*?|GenerateDataKey\w*\*?) on key\//,
    because:
      'DynamoDB’s developer guide counts these among the least that whoever writes needs of a table’s own key; nothing is encrypted on this machine, so nothing can show whether AWS asks for them.',
  },
  {
    names: /PublishEvents\/.*(variable REFUSED_EVENTS_QUEUE)$/,
    because: 'Read only when the bus refuses an event for good, which it does for none that we make; test/functions/publish-events.test.ts does it.',
  },
];
