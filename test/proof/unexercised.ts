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
  {
    names: /Mail\/HearMailbox\//,
    because:
      'It hears only what SES itself says of a mailbox that refuses, and nobody else may say it; here every letter arrives. test/functions/mail-household.test.ts tells it of both kinds.',
  },
  {
    names: /(MailHousehold|DisconnectMember|ApplyConsent)\/.*: the variable DUE_SHARDS$/,
    because: 'Read only when what they write anew, OUTREACH or what stands of a journey, holds a moment that it waits for: whether it does is chance.',
  },
  {
    names: /EraseHousehold\/.*(dynamodb:DeleteItem on table\/HouseTablesRetailers|the variable RETAILERS_TABLE)/,
    because:
      'What stands at shops goes only where something was ordered, and the household of this run lives too shortly; test/functions/erase-household.test.ts does it.',
  },
  {
    names: /RunDue\/.*sqs:SendMessage on PrivacyEraseHousehold/,
    because: 'An erasure is due again only when it has broken off for minutes; test/functions/erase-household.test.ts breaks it off at every write.',
  },
  {
    names: /ReviewSupply\/.*(dynamodb:Query on table\/HouseTablesHouseholds|on table\/HouseTablesRetailers|the variable RETAILERS_TABLE)/,
    because:
      'Asked when a level has stood still for days, and when a tank with room is to be filled while oil is cheap: neither comes in ten days. test/functions/trust.test.ts and test/functions/devices.test.ts do it.',
  },
  {
    names: /UpdateJourney\/.*dynamodb:DeleteItem/,
    because:
      'Removes a lead that turned out to be another, or somebody at home: which of the simulated ones do is chance. test/functions/leads.test.ts does it.',
  },
];
