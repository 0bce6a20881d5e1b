import assert from 'node:assert/strict';
import { readmeWithoutAddress } from '../../scripts/packageReadme.ts';

describe('the README in a package without an address', () => {
  it('has no picture that cannot be shown, and no link that leads nowhere', () => {
    const readme =
      'One.\n\n![Both](media/a.png)\n\nTwo: [docs](docs/a.md#b),\n[words](#words), [site](https://example.org/).\n';
    assert.equal(readmeWithoutAddress(readme), 'One.\n\nTwo: docs,\n[words](#words), [site](https://example.org/).\n');
  });

  it('keeps a picture from the network', () => {
    const readme = '![Both](https://example.org/a.png)\n';
    assert.equal(readmeWithoutAddress(readme), readme);
  });
});
