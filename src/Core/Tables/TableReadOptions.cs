namespace RadiogenomicsCloud.Tables;

/// <summary>Limits of reading a text table; what exceeds them is a <see cref="BadInputException"/> that names the limit.</summary>
public sealed record TableReadOptions
{
    public static TableReadOptions Default { get; } = new();

    /// <summary>Most bytes after decompression; default 8 GiB.</summary>
    public long MaxBytes { get; init; } = 8L << 30;

    /// <summary>Most bytes out for each byte in of a gzip file, judged past the first MiB; default 200.</summary>
    public int MaxCompressionRatio { get; init; } = 200;

    /// <summary>Most columns; default 250,000.</summary>
    public int MaxColumns { get; init; } = 250_000;

    /// <summary>Most cells of a typed table; default 20 million. A cell costs about 40 bytes while its column is typed.</summary>
    public long MaxCells { get; init; } = 20_000_000;

    /// <summary>Most cells of a numeric matrix (expression, copy number); default 100 million, of 8 bytes each.</summary>
    public long MaxMatrixCells { get; init; } = 100_000_000;

    /// <summary>Most bytes of one delimited field; default 65,536.</summary>
    public int MaxFieldLength { get; init; } = 65_536;

    /// <summary>Most bytes of one row of a delimited table; default 64 MiB. What goes on for longer is a quotation mark never closed.</summary>
    public int MaxRecordBytes { get; init; } = 64 << 20;

    /// <summary>Most characters of one line of MAF or VCF; default 16 Mi.</summary>
    public int MaxLineLength { get; init; } = 16 << 20;
}
