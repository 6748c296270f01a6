using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>One row a case and region; a failed one has no values.</summary>
internal sealed class WideResultWriter(TextWriter output, IReadOnlyList<FeatureDefinition> columns, bool withFailure) : ResultWriter(output, columns)
{
    public override void Begin()
    {
        Output.Write("case,roi");
        foreach (var column in Columns)
            Cell(column.Tag);
        if (withFailure)
            Cell("failure");
        Output.Write('\n');
    }

    public override void Write(RegionResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        CaseTableWriter.WriteField(Output, result.Case);
        Cell(result.Roi);
        for (var c = 0; c < Columns.Count; c++)
            Cell(result.Failure is null ? CellText.Format(result.Values[c].Value) : "");
        if (withFailure)
            Cell(result.Failure?.Message ?? "");
        Output.Write('\n');
    }

    private void Cell(string text)
    {
        Output.Write(',');
        CaseTableWriter.WriteField(Output, text);
    }
}
