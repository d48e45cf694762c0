// The software bill of materials, in CycloneDX 1.6: https://cyclonedx.org/docs/1.6/json/
import { createHash } from 'node:crypto';

interface Component {
  readonly name: string;
  readonly version: string;
  /** As package.json has it: an SPDX id or expression, or words. */
  readonly licence: string;
}

interface Content {
  readonly app: { readonly name: string; readonly version: string; readonly license: string };
  readonly components: readonly Component[];
  /** Of `name version`: the lock file's `sha512-…`, null where it has none. */
  readonly integrity: ReadonlyMap<string, string | null>;
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md: a scope's @ is percent-encoded. */
const packageUrl = (name: string, version: string): string =>
  `pkg:npm/${name.replace('@', '%40')}@${encodeURIComponent(version)}`;

/** An expression holds operators; what is neither is a name in somebody's own words. */
function licenceOf(licence: string): object {
  if (/ (AND|OR|WITH) /.test(licence)) return { expression: licence };
  return { license: /^[\w.+-]+$/.test(licence) ? { id: licence } : { name: licence } };
}

function hashesOf(integrity: string | null): object {
  const [, base64] = /^sha512-(\S+)$/.exec(integrity ?? '') ?? [];
  return base64 === undefined
    ? {}
    : { hashes: [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }] };
}

/** The same content gives the same document: no time, and a serial number that follows from the content. */
export function billOfMaterials({ app, components, integrity }: Content) {
  const listed = components.map(({ name, version, licence }) => ({
    type: 'library',
    'bom-ref': packageUrl(name, version),
    name,
    version,
    purl: packageUrl(name, version),
    licenses: [licenceOf(licence)],
    ...hashesOf(integrity.get(`${name} ${version}`) ?? null),
  }));
  const self = packageUrl(app.name, app.version);
  const digest = createHash('sha256')
    .update(JSON.stringify([app, listed]))
    .digest('hex');
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    // A UUID of RFC 9562's version 8: custom bits.
    serialNumber: `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`,
    version: 1,
    metadata: {
      component: {
        type: 'application',
        'bom-ref': self,
        name: app.name,
        version: app.version,
        purl: self,
        licenses: [licenceOf(app.license)],
      },
    },
    components: listed,
    dependencies: [{ ref: self, dependsOn: listed.map((component) => component['bom-ref']) }],
  };
}
