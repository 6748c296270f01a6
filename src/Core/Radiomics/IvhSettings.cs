namespace RadiogenomicsCloud.Radiomics;

/// <summary>How intensities are discretised for the intensity–volume histogram.</summary>
public enum IvhDiscretisation
{
    /// <summary>Not at all: the levels are the intensities, which must be whole numbers, one unit apart (calibrated and discrete, as Hounsfield units).</summary>
    None,

    /// <summary>Fixed bin size; a level is the centre of its bin in the image's unit (calibrated and continuous, as SUV).</summary>
    FBS,

    /// <summary>Fixed bin number; a level is the number of its bin (arbitrary units, as MR).</summary>
    FBN,
}

/// <summary>Discretisation for the intensity–volume histogram, apart from that of the textures.</summary>
/// <param name="BinWidth">For FBS, in the image's unit, greater than 0.</param>
/// <param name="Bins">For FBN, at least 2.</param>
public sealed record IvhSettings(IvhDiscretisation Method, double? BinWidth = null, int? Bins = null);
