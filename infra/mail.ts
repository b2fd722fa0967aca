/** Stage 10, by e-mail: letters to members who said yes to them, through SES. Where no sender is named, none of it is there and the gate's e-mail channel stays closed. */
import { Aws, CfnCondition, CfnParameter, CfnRule, Fn, Stack } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput, type EventPattern } from 'aws-cdk-lib/aws-events';
import { CfnPolicy, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { CfnConfigurationSet, CfnConfigurationSetEventDestination, CfnEmailIdentity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { MailEnding } from '../shared/journey/outreach/words.ts';
import { QueueWorker, type HouseFunction } from './construct/house-function.ts';
import { QueueTarget } from './construct/queue-target.ts';
import type { House } from './house.ts';
import type { Identities } from './identities.ts';

const NOT_NAMED = '';
/** Instead of an address. */
const THIS_APP = 'this-app';

export class Mail extends Construct {
  readonly #worker: QueueWorker;
  readonly #isNamed: CfnCondition;
  readonly #sender: CfnParameter;

  constructor(scope: Construct, id: string, house: House, { pool }: Identities) {
    super(scope, id);
    this.#sender = this.ask('MailSender', {
      default: NOT_NAMED,
      allowedPattern: String.raw`|[A-Za-z0-9._+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+`,
      description: 'The address that e-mails to members come from; its domain has to be proved to SES (guide “deploy to AWS”). Without it none are sent',
    });
    const imprint = this.ask('MailImprint', {
      default: NOT_NAMED,
      maxLength: 300,
      description: 'Who writes, by the law (§5 DDG): name, legal form, address, register; one line below each e-mail',
    });
    this.#isNamed = new CfnCondition(this, 'IsNamed', { expression: Fn.conditionNot(Fn.conditionEquals(this.#sender.valueAsString, NOT_NAMED)) });
    new CfnRule(this, 'NeedsImprint', {
      ruleCondition: Fn.conditionNot(Fn.conditionEquals(this.#sender.valueAsString, NOT_NAMED)),
      assertions: [
        {
          assert: Fn.conditionNot(Fn.conditionEquals(imprint.valueAsString, NOT_NAMED)),
          assertDescription: 'MailSender needs MailImprint: who writes has to say who it is',
        },
      ],
    });

    const { households } = house.tables;
    this.#worker = new QueueWorker(this, 'MailHousehold', {
      name: 'mail-household',
      errorImpact: 'Members who said yes to e-mail do not get what was let through to them; it still stands in the app.',
      environment: {
        ...{ HOUSEHOLDS_TABLE: households.tableName, USER_POOL_ID: pool.userPoolId, ROOT_SECRET: house.rootSecret.secretArn, ...house.due },
        MAIL_IMPRINT: imprint.valueAsString,
      },
      alerts: house.alerts,
      // One e-mail after the other: a new account may send one a second.
      ...{ batchSize: 1, maxConcurrency: 2 },
    });
    const { function: mail } = this.#worker;
    house.open(households, mail, 'GetItem', 'Query', 'PutItem');
    // For the link that stops e-mails.
    house.openRoot(mail);
    mail.addToRolePolicy(new PolicyStatement({ actions: ['cognito-idp:AdminGetUser'], resources: [pool.userPoolArn] }));
    this.hearMailboxes(house);
    house.tell(this.#worker, ['outreach.sent'], { channel: ['e-mail'] });
    this.letSend(mail);
    this.open(this.#worker);
  }

  /** Lets a function know whom e-mails come from, and with that whether any can be sent. */
  open({ function: knowing }: HouseFunction): void {
    knowing.addEnvironment('MAIL_FROM', Fn.conditionIf(this.#isNamed.logicalId, this.#sender.valueAsString, Aws.NO_VALUE).toString());
  }

  /** Where links in e-mails lead: the app of this stack, unless whoever deploys names another address of it. @param siteUrl without a slash at the end */
  leadTo(siteUrl: string): void {
    const site = this.ask('MailSite', {
      default: THIS_APP,
      allowedPattern: String.raw`this-app|https://[a-z0-9.-]+|http://127\.0\.0\.1:[0-9]+`,
      description: 'Where links in e-mails lead, if not to the app of this stack: its address, without a slash at the end',
    });
    const isThis = new CfnCondition(this, 'LeadsHere', { expression: Fn.conditionEquals(site.valueAsString, THIS_APP) });
    this.#worker.function.addEnvironment('MAIL_SITE', Fn.conditionIf(isThis.logicalId, siteUrl, site.valueAsString).toString());
  }

  private hearMailboxes(house: House): void {
    const { households } = house.tables;
    const hear = new QueueWorker(this, 'HearMailbox', {
      name: 'hear-mailbox',
      errorImpact: 'E-mails go on to mailboxes that refuse them, until SES holds them back itself or stops us from sending.',
      environment: { HOUSEHOLDS_TABLE: households.tableName, ...house.due },
      alerts: house.alerts,
    });
    house.open(households, hear.function, 'GetItem', 'PutItem');
    const tags = EventField.fromPath('$.detail.mail.tags');
    // SES tells the account's default bus and no other. Addresses stand in what it says: only the tags of the letter go on.
    const said: readonly (readonly [id: string, because: MailEnding, pattern: EventPattern])[] = [
      ['Bounces', 'bounced', { detailType: ['Email Bounced'], detail: { bounce: { bounceType: ['Permanent'] } } }],
      ['Complaints', 'complained', { detailType: ['Email Complaint Received'] }],
    ];
    for (const [id, because, pattern] of said) {
      new Rule(this, id, {
        eventPattern: { source: ['aws.ses'], ...pattern },
        targets: [new QueueTarget(hear.inbox, RuleTargetInput.fromObject({ because, tags }))],
      });
    }
  }

  private letSend(mail: Function): void {
    // With an end of its own there is a second part also where nobody is named: CloudFormation refuses to take what is not there.
    const parts = Fn.split('@', Fn.join('', [this.#sender.valueAsString, '@none.invalid']));
    const identity = new CfnEmailIdentity(this, 'Sender', { emailIdentity: Fn.select(1, parts) });
    const configuration = new CfnConfigurationSet(this, 'Configuration', {
      deliveryOptions: { tlsPolicy: 'REQUIRE' },
      // SES does not write again to a mailbox that is gone or has complained.
      suppressionOptions: { suppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    });
    const told = new CfnConfigurationSetEventDestination(this, 'Told', {
      configurationSetName: configuration.ref,
      eventDestination: {
        name: 'mailboxes',
        enabled: true,
        matchingEventTypes: ['bounce', 'complaint'],
        eventBridgeDestination: { eventBusArn: Stack.of(this).formatArn({ service: 'events', resource: 'event-bus', resourceName: 'default' }) },
      },
    });
    const arnOf = (resource: string) => Stack.of(this).formatArn({ service: 'ses', resource, resourceName: '' });
    const may = new CfnPolicy(this, 'MaySend', {
      policyName: 'MaySend',
      roles: [mail.role?.roleName ?? ''],
      policyDocument: new PolicyDocument({
        statements: [
          new PolicyStatement({
            actions: ['ses:SendEmail'],
            resources: [`${arnOf('identity')}${identity.ref}`, `${arnOf('configuration-set')}${configuration.ref}`],
            conditions: { StringEquals: { 'ses:FromAddress': this.#sender.valueAsString } },
          }),
        ],
      }),
    });
    for (const each of [identity, configuration, told, may]) each.cfnOptions.condition = this.#isNamed;
    mail.addEnvironment('MAIL_CONFIGURATION', Fn.conditionIf(this.#isNamed.logicalId, configuration.ref, Aws.NO_VALUE).toString());
  }

  /** A parameter of the stack by this very name. */
  private ask(name: string, props: ConstructorParameters<typeof CfnParameter>[2]): CfnParameter {
    const parameter = new CfnParameter(this, name, { type: 'String', ...props });
    parameter.overrideLogicalId(name);
    return parameter;
  }
}
