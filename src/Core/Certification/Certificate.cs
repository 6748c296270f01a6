namespace RadiogenomicsCloud.Certification;

/// <summary>How many reference values are reproduced.</summary>
public sealed record CertificateTotal(string Family, int Reproduced, int References);

/// <summary>What is kept of a certificate in a run's provenance.</summary>
/// <param name="DataSet">For example "IBSI-1 digital phantom".</param>
/// <param name="Reproduced">Of <paramref name="References"/>.</param>
/// <param name="Families">The same by family, in the order of the standard.</param>
public sealed record CertificateSummary(string DataSet, int Reproduced, int References, IReadOnlyList<CertificateTotal> Families)
{
    public bool Passed => Reproduced == References;
}

/// <summary>Every reference value of a data set beside what this product computes.</summary>
/// <param name="Rows">In the order of the reference table, one for each row of it.</param>
public sealed record Certificate(IbsiDataSet DataSet, IReadOnlyList<CertificateRow> Rows)
{
    public int Reproduced => Rows.Count(r => r.Verdict == Verdict.Pass);

    public int References => Rows.Count(r => r.Reference is not null);

    /// <summary>Whether every row that has a reference value reproduces it.</summary>
    public bool Passed => !Rows.Any(r => r.IsFailure);

    /// <summary>By family, in the order of the table.</summary>
    public IReadOnlyList<CertificateTotal> Families =>
    [
        .. from row in Rows
           group row by row.Family into family
           select new CertificateTotal(family.Key, family.Count(r => r.Verdict == Verdict.Pass), family.Count(r => r.Reference is not null)),
    ];

    public CertificateSummary Summary() => new(DataSet.Name, Reproduced, References, Families);
}
