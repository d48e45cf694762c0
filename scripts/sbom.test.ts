import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { expect, it } from 'vitest';
import { billOfMaterials } from './sbom.ts';

const CONTENT = {
  app: { name: 'desk', version: '1.2.3', license: 'MIT' },
  components: [
    { name: '@scope/a', version: '1.0.0', licence: 'Apache-2.0' },
    { name: 'b', version: '2.0.0-beta.1', licence: '(MIT OR CC0-1.0)' },
    { name: 'c', version: '3.0.0', licence: 'See the text' },
  ],
  integrity: new Map<string, string | null>([
    ['@scope/a 1.0.0', `sha512-${Buffer.alloc(64, 1).toString('base64')}`],
    ['b 2.0.0-beta.1', null],
  ]),
};

it('is what CycloneDX’ own schema asks for', async () => {
  const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
  expect(await validator.validate(JSON.stringify(billOfMaterials(CONTENT)))).toBe(null);
  const wrong = { ...billOfMaterials(CONTENT), specVersion: 1 };
  expect(await validator.validate(JSON.stringify(wrong))).not.toBe(null);
});

it('names each component once, with its address, licence and the hash of its archive', () => {
  const { components, dependencies } = billOfMaterials(CONTENT);
  expect(components[0]).toEqual({
    type: 'library',
    'bom-ref': 'pkg:npm/%40scope/a@1.0.0',
    name: '@scope/a',
    version: '1.0.0',
    purl: 'pkg:npm/%40scope/a@1.0.0',
    licenses: [{ license: { id: 'Apache-2.0' } }],
    hashes: [{ alg: 'SHA-512', content: '01'.repeat(64) }],
  });
  expect(components.map(({ licenses }) => licenses[0])).toEqual([
    { license: { id: 'Apache-2.0' } },
    { expression: '(MIT OR CC0-1.0)' },
    { license: { name: 'See the text' } },
  ]);
  expect(dependencies[0]?.dependsOn).toHaveLength(3);
});

it('is the same for the same content, and another for another', () => {
  const { serialNumber } = billOfMaterials(CONTENT);
  expect(billOfMaterials(CONTENT).serialNumber).toBe(serialNumber);
  expect(billOfMaterials({ ...CONTENT, components: [] }).serialNumber).not.toBe(serialNumber);
});
