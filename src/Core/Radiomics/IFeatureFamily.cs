namespace RadiogenomicsCloud.Radiomics;

/// <summary>One family of IBSI features. Stateless and safe to call from several threads.</summary>
public interface IFeatureFamily
{
    /// <summary>Key in the study file's <c>families</c> list, for example <c>morphology</c>, <c>intensity_statistics</c>, <c>glcm</c>.</summary>
    string Key { get; }

    /// <summary>Whether <see cref="Compute"/> needs grey levels.</summary>
    bool NeedsDiscretisation { get; }

    /// <summary>All features of the family, in catalogue order, every aggregation included.</summary>
    IReadOnlyList<FeatureDefinition> Features { get; }

    /// <summary>
    /// Computes the features that <see cref="FeatureInput.IsWanted(string?)"/>. A feature that is undefined for this region stays
    /// NaN, and <paramref name="values"/> is told why.
    /// </summary>
    void Compute(FeatureInput input, FamilyValues values);
}
