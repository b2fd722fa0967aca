/** The app's own address: its files out of a private bucket, the API below `/api`, and the headers that keep everybody else's scripts out. */
import { CfnCondition, CfnOutput, CfnParameter, Duration, Fn, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  AccessLevel,
  AllowedMethods,
  CachePolicy,
  CfnDistribution,
  Distribution,
  Function,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
  type BehaviorOptions,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { join } from 'node:path';
import { asBucket } from './construct/as-bucket.ts';
import { SiteFiles } from './construct/site-files.ts';
import type { Identities } from './identities.ts';

export interface AppSiteProps {
  readonly identities: Identities;
  /** `https://…` of the HTTP API. */
  readonly apiUrl: string;
  /** What apps name when they connect over MQTT. */
  readonly authorizerName: string;
}

/** A browser that has once come over HTTPS never comes without again: two years, as browsers' preload lists ask. */
const HTTPS_ONLY = { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true };
/** A page may ask for the camera, to read barcodes, and for nothing else that a browser could give away. */
const PERMISSIONS = 'camera=(self), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()';

export class AppSite extends Construct {
  /** Without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, { identities, apiUrl, authorizerName }: AppSiteProps) {
    super(scope, id);
    const mqttUrl = this.ask('MqttUrl', {
      default: '',
      allowedPattern: String.raw`|wss://[a-z0-9.-]+/mqtt|ws://127\.0\.0\.1:[0-9]+/mqtt`,
      description:
        'Where apps listen over MQTT: wss://<what aws iot describe-endpoint --endpoint-type iot:Data-ATS answers>/mqtt; without it pages are not live',
    });
    const frames = this.ask('AppFrameAncestors', {
      default: "'none'",
      allowedValues: ["'none'", "'self'"],
      description: 'Who may show the app in a frame of its own page',
    });
    const bucket = this.bucket();
    const distribution = this.distribution(bucket, apiUrl, this.contentPolicy(identities, mqttUrl, frames));
    this.url = this.address(distribution);
    new SiteFiles(this, 'Files', {
      bucket,
      // One origin for everything: no call of the app is a call to a stranger.
      config: { ...identities.forApp, apiUrl: '/api', mqttUrl, authorizerName },
    });
    new CfnOutput(this, 'AppUrl', { value: `${this.url}/app/`, description: 'The household’s app' }).overrideLogicalId('AppUrl');
  }

  private bucket(): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const reason = 'It holds the app that everybody may read, and only CloudFront reads it; who called the API stands in the API’s own access log.';
    Validations.of(bucket).acknowledge({ id: 'AwsSolutions-S1', reason });
    return bucket;
  }

  private contentPolicy({ issuer, signInUrl }: Identities, mqttUrl: string, frames: string): string {
    return [
      ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "font-src 'self'"],
      // A path without a slash at its end would be that one address only.
      `connect-src 'self' ${issuer}/ ${signInUrl}/ ${mqttUrl}`,
      ...["manifest-src 'self'", "worker-src 'self'", "base-uri 'none'", "form-action 'self'", `frame-ancestors ${frames}`],
    ].join('; ');
  }

  private distribution(bucket: Bucket, apiUrl: string, contentSecurityPolicy: string): Distribution {
    const files = S3BucketOrigin.withOriginAccessControl(asBucket(bucket), {
      originAccessLevels: [AccessLevel.READ],
    });
    const pages: BehaviorOptions = {
      origin: files,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      compress: true,
      responseHeadersPolicy: this.pageHeaders(contentSecurityPolicy),
    };
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'The household’s app',
      httpVersion: HttpVersion.HTTP2_AND_3,
      // Households live in Europe; the cheapest class is at home there.
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        ...pages,
        cachePolicy: this.asTheFilesSay(),
        functionAssociations: [
          { function: this.edge('AppPaths', 'app-paths.js', 'Links into the app do not open.'), eventType: FunctionEventType.VIEWER_REQUEST },
        ],
      },
      additionalBehaviors: {
        '/app/assets/*': { ...pages, cachePolicy: CachePolicy.CACHING_OPTIMIZED },
        '/api/*': {
          origin: new HttpOrigin(Fn.select(2, Fn.split('/', apiUrl))),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
          responseHeadersPolicy: this.apiHeaders(),
          functionAssociations: [{ function: this.edge('ApiPaths', 'api-paths.js', 'The app reaches no data.'), eventType: FunctionEventType.VIEWER_REQUEST }],
        },
      },
    });
    // Who may list is told that a file is missing (404); who may not hears that it is forbidden.
    bucket.addToResourcePolicy(
      new PolicyStatement({
        ...{ actions: ['s3:ListBucket'], resources: [bucket.bucketArn] },
        principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
        conditions: { StringEquals: { 'AWS:SourceArn': distribution.distributionArn } },
      }),
    );
    this.explain(distribution);
    return distribution;
  }

  /** Pages are asked for again each time (`no-cache`), and are still sent compressed. */
  private asTheFilesSay(): CachePolicy {
    return new CachePolicy(this, 'AsTheFilesSay', {
      comment: 'As long as each file says, and not at all otherwise',
      ...{ minTtl: Duration.seconds(0), defaultTtl: Duration.seconds(0), maxTtl: Duration.days(365) },
      ...{ enableAcceptEncodingGzip: true, enableAcceptEncodingBrotli: true },
    });
  }

  /** @param errorImpact what it means to a person when it fails; CloudFront shows it beside the function */
  private edge(id: string, file: string, errorImpact: string): Function {
    return new Function(this, id, {
      code: FunctionCode.fromFile({ filePath: join(import.meta.dirname, 'site', file) }),
      runtime: FunctionRuntime.JS_2_0,
      comment: `If it fails: ${errorImpact}`,
    });
  }

  private pageHeaders(contentSecurityPolicy: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'PageHeaders', {
      comment: 'What a page of the app may load, and who may show it',
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
        strictTransportSecurity: HTTPS_ONLY,
      },
      customHeadersBehavior: {
        customHeaders: [
          { header: 'permissions-policy', value: PERMISSIONS, override: true },
          { header: 'cross-origin-opener-policy', value: 'same-origin', override: true },
          { header: 'cross-origin-resource-policy', value: 'same-origin', override: true },
        ],
      },
    });
  }

  private apiHeaders(): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, 'ApiHeaders', {
      comment: 'Beside what the API says itself',
      securityHeadersBehavior: { contentTypeOptions: { override: true }, strictTransportSecurity: HTTPS_ONLY },
    });
  }

  /** CloudFront’s own name, or one of yours with a certificate for it. */
  private address(distribution: Distribution): string {
    const domain = this.ask('AppDomain', { default: '', description: 'A name of your own for the app, such as app.example.org; needs AppCertificate' });
    const certificate = this.ask('AppCertificate', { default: '', description: 'ARN of its certificate in AWS Certificate Manager, in us-east-1' });
    const hasDomain = new CfnCondition(this, 'HasAppDomain', { expression: Fn.conditionNot(Fn.conditionEquals(domain, '')) });
    const inTemplate = distribution.node.defaultChild;
    if (!(inTemplate instanceof CfnDistribution)) throw new Error('expected a distribution');
    const either = (own: unknown, other: unknown) => Fn.conditionIf(hasDomain.logicalId, own, other);
    inTemplate.addPropertyOverride('DistributionConfig.Aliases', either([domain], { Ref: 'AWS::NoValue' }));
    inTemplate.addPropertyOverride(
      'DistributionConfig.ViewerCertificate',
      either({ AcmCertificateArn: certificate, SslSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' }, { CloudFrontDefaultCertificate: true }),
    );
    return `https://${either(domain, distribution.distributionDomainName).toString()}`;
  }

  private explain(distribution: Distribution): void {
    Validations.of(distribution).acknowledge(
      {
        id: 'CloudFormation-Validate::F3014',
        reason: 'Of the two certificates exactly one stands there in the end: a condition of the template decides which.',
      },
      { id: 'AwsSolutions-CFR1', reason: 'Households travel: who is abroad must still be able to say no to an order.' },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'Behind it are static files and an API that has limits, an authorizer and strict schemas of its own; a firewall would cost by the month.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason: 'A log of static files would hold addresses of households and nothing that the API’s access log does not say better.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason: 'CloudFront fixes the oldest protocol of its own certificate; with AppDomain and AppCertificate it is TLS 1.2.',
      },
    );
  }

  private ask(
    name: string,
    props: { readonly default: string; readonly description: string; readonly allowedPattern?: string; readonly allowedValues?: string[] },
  ) {
    const parameter = new CfnParameter(this, name, { type: 'String', ...props });
    parameter.overrideLogicalId(name);
    return parameter.valueAsString;
  }
}
