using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>How results are laid out.</summary>
public enum ResultFormat
{
    /// <summary>CSV, one row a feature.</summary>
    Long,

    /// <summary>CSV, one row a case and region, one column a feature.</summary>
    Wide,

    /// <summary>A JSON array of one object a case and region.</summary>
    Json,
}

/// <summary>
/// Writes results one by one, as they come, so that a folder of any size needs the memory of one. Line ends are <c>\n</c>, numbers the
/// shortest text that parses back to the same bits; a missing value is empty in CSV and null in JSON. A failed case has a row as well.
/// </summary>
public abstract class ResultWriter
{
    private protected ResultWriter(TextWriter output, IReadOnlyList<FeatureDefinition> columns) => (Output, Columns) = (output, columns);

    private protected TextWriter Output { get; }

    private protected IReadOnlyList<FeatureDefinition> Columns { get; }

    /// <param name="many">Whether cases may fail and the others go on: a wide table then has a column that says why.</param>
    public static ResultWriter Create(ResultFormat format, TextWriter output, IReadOnlyList<FeatureDefinition> columns, bool many)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(columns);
        return format switch
        {
            ResultFormat.Wide => new WideResultWriter(output, columns, many),
            ResultFormat.Json => new JsonResultWriter(output, columns),
            _ => new LongResultWriter(output, columns),
        };
    }

    /// <summary>Before the first result.</summary>
    public abstract void Begin();

    public abstract void Write(RegionResult result);

    /// <summary>After the last result; what was written so far is then complete of itself.</summary>
    public virtual void End() => Output.Flush();
}
