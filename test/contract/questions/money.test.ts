import { describeGolden } from '../../support/golden';

describeGolden('money');
