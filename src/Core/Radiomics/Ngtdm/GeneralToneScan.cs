using RadiogenomicsCloud.Radiomics.Neighbourhoods;

namespace RadiogenomicsCloud.Radiomics.Ngtdm;

/// <summary>Any distance, norm and weight: every neighbour of every voxel, one by one.</summary>
internal sealed class GeneralToneScan(LevelBox region, NeighbourSettings settings) : ToneScan(region)
{
    public override ToneDifferences NewMatrix(bool inPlane) => new(Region.LevelOfCode, mostNeighbours: 0);

    public override void Run(ToneDifferences? ofSlice, Action sliceDone, ToneDifferences? ofVolume)
    {
        var (inPlane, inSpace) = (Neighbourhood.Of(settings, inPlane: true), Neighbourhood.Of(settings, inPlane: false));
        var (offsetsInPlane, offsetsInSpace) = (inPlane.OffsetsIn(Region), inSpace.OffsetsIn(Region));
        for (var k = 0; k < Region.CountK; k++)
        {
            if (ofSlice is not null)
            {
                ofSlice.Clear();
                Compare(k, offsetsInPlane, inPlane.Weights, ofSlice);
                sliceDone();
            }
            if (ofVolume is not null)
                Compare(k, offsetsInSpace, inSpace.Weights, ofVolume);
        }
    }

    private void Compare(int k, int[] offsets, double[] weights, ToneDifferences matrix)
    {
        var (codes, levels) = (Region.Codes, Region.LevelOfCode);
        for (var j = 0; j < Region.CountJ; j++)
        {
            var row = Region.RowStart(j, k);
            for (var at = row; at < row + Region.CountI; at++)
            {
                if (codes[at] == 0)
                    continue;
                double sum = 0, weight = 0;
                for (var m = 0; m < offsets.Length; m++)
                {
                    if (codes[at + offsets[m]] is not 0 and var code)
                    {
                        sum += weights[m] * levels[code];
                        weight += weights[m];
                    }
                }
                if (weight > 0)
                    matrix.Add(codes[at], sum / weight);
            }
        }
    }
}
