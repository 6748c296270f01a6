using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>One row a feature; a failed case or region is one row without a tag.</summary>
internal sealed class LongResultWriter(TextWriter output, IReadOnlyList<FeatureDefinition> columns) : ResultWriter(output, columns)
{
    public override void Begin() => Output.Write("case,roi,tag,ibsi_code,family,aggregation,unit,value,missing\n");

    public override void Write(RegionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Failure is { } failure)
            Row(result.Case, result.Roi, "", "", "", "", "", "", "failed: " + failure.Message);
        foreach (var (d, value, missing) in result.Values)
            Row(result.Case, result.Roi, d.Tag, d.IbsiCode, d.Family, d.Aggregation ?? "", d.Unit, CellText.Format(value), missing ?? "");
    }

    private void Row(params ReadOnlySpan<string> cells)
    {
        for (var c = 0; c < cells.Length; c++)
        {
            if (c > 0)
                Output.Write(',');
            CaseTableWriter.WriteField(Output, cells[c]);
        }
        Output.Write('\n');
    }
}
